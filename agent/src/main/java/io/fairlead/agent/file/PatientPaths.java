package io.fairlead.agent.file;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Paths that the customer marked as possibly holding patient data. A mark with a slash is an absolute path or a glob over
 * one, and takes with it all that lies below; one without is a glob over names, of files and of folders anywhere. Neither
 * case nor the way in which an accent is written lets a file slip through.
 */
public final class PatientPaths {
    private final List<PathMatcher> paths = new ArrayList<>();
    private final List<PathMatcher> names = new ArrayList<>();

    /** @throws IllegalArgumentException when one is no glob */
    public PatientPaths(List<String> marks) {
        for (String mark : marks) {
            boolean path = mark.indexOf('/') >= 0 || mark.indexOf('\\') >= 0;
            String glob = folded(path ? mark.replaceAll("[/\\\\]+$", "") : mark);
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            (path ? paths : names).add(matcher);
        }
    }

    /** Why a text is no mark; empty when it is one. */
    public static Optional<String> fault(String mark) {
        if (mark.isBlank()) {
            return Optional.of("marks nothing");
        }
        try {
            PatientPaths tried = new PatientPaths(List.of(mark));
            return tried.paths.size() + tried.names.size() == 1 ? Optional.empty() : Optional.of("marks nothing");
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    /** Whether a file below a root is marked. */
    boolean mark(Path root, NamePath file) {
        return marks(root.resolve(file.toString()).normalize());
    }

    /** Whether a file is marked, by its absolute path. */
    boolean marks(Path absolute) {
        for (Path name : absolute) {
            Path folded = Path.of(folded(name.toString()));
            if (names.stream().anyMatch(mark -> mark.matches(folded))) {
                return true;
            }
        }
        for (Path path = Path.of(folded(absolute.toString())); path != null; path = path.getParent()) {
            Path at = path;
            if (paths.stream().anyMatch(mark -> mark.matches(at))) {
                return true;
            }
        }
        return false;
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
