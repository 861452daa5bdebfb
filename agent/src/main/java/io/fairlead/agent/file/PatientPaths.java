package io.fairlead.agent.file;

import java.io.File;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Paths that the customer marked as possibly holding patient data. A mark with a slash within is a glob over paths, and takes
 * with it all that lies below; one without is a glob over names, of files and of folders anywhere. Neither case, nor the way
 * in which an accent or a slash is written, nor a dot at the end of a name lets a file slip through: where a mark or a name
 * can be read in two ways, both are taken.
 */
public final class PatientPaths {
    /** What a glob or a file system reads as more than a character: never made out of one that only resembles it. */
    private static final Pattern RESERVED = Pattern.compile("[/\\\\:*?\"<>|\\[\\]{}!,^-]");

    /** What Windows leaves out at the end of a name. In a mark it stays after a wildcard: {@code *.} is not {@code *}. */
    private static final Pattern UNSEEN_END = Pattern.compile("(?<=[^/*?. ])[. ]+(?=/|$)");

    private static final Pattern ESCAPE = Pattern.compile("\\\\[*?\\[\\]{}]");

    private final List<PathMatcher> paths = new ArrayList<>();
    private final List<PathMatcher> names = new ArrayList<>();

    /** @throws IllegalArgumentException when one is no glob, or goes up by {@code ..} */
    public PatientPaths(List<String> marks) {
        for (String mark : marks) {
            if (!ESCAPE.matcher(mark).find()) {
                add(mark.replace('\\', '/'));
                continue;
            }
            // On Windows a backslash divides folders; in a glob it takes the next character as it is.
            add(mark);
            try {
                add(mark.replace('\\', '/'));
            } catch (PatternSyntaxException e) {
                // It can be read in one way only.
            }
        }
    }

    private void add(String mark) {
        String glob = UNSEEN_END.matcher(folded(mark.strip())).replaceAll("");
        // A share of Windows begins with two slashes.
        glob = glob.replaceAll(File.separatorChar == '\\' ? "(?<=.)/{2,}" : "/{2,}", "/")
                .replaceAll("/(\\.(/|$))+", "/")
                .replaceAll("^(\\./)+", "")
                .replaceAll("(?<=.)/$", "");
        if (List.of(glob.split("/", -1)).contains("..")) {
            throw new PatternSyntaxException("it goes up by ..", mark, -1);
        }
        if (glob.matches("[a-z]:")) {
            glob += "/";
        }
        if (glob.indexOf('/') < 0) {
            names.add(matcher(glob));
            return;
        }
        if (glob.indexOf('{') < 0) {
            // Also no folder at all.
            glob = glob.replace("/**/", "/{,**/}");
        }
        paths.add(matcher(glob));
        if (!glob.startsWith("/")) {
            paths.add(matcher("**/" + glob));
        }
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** Why a text is no mark; empty when it is one. */
    public static Optional<String> fault(String mark) {
        if (mark.isBlank()) {
            return Optional.of("marks nothing");
        }
        try {
            PatientPaths tried = new PatientPaths(List.of(mark));
            return tried.paths.isEmpty() && tried.names.isEmpty() ? Optional.of("marks nothing") : Optional.empty();
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
        String folded = folded(absolute.toString());
        return marked(Path.of(folded))
                || marked(Path.of(UNSEEN_END
                        .matcher(folded.replace(File.separatorChar, '/'))
                        .replaceAll("")));
    }

    private boolean marked(Path folded) {
        for (Path name : folded) {
            if (names.stream().anyMatch(mark -> mark.matches(name))) {
                return true;
            }
        }
        for (Path path = folded; path != null; path = path.getParent()) {
            Path at = path;
            if (paths.stream().anyMatch(mark -> mark.matches(at))) {
                return true;
            }
        }
        return false;
    }

    /** The same for all that people and file systems take for the same name. */
    private static String folded(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().forEach(c -> {
            String one = Character.toString(c);
            String compatible = Normalizer.normalize(one, Normalizer.Form.NFKC);
            plain.append(RESERVED.matcher(compatible).find() ? one : compatible);
        });
        // A small sigma depends on what follows it, and in a mark something else does.
        String small = plain.toString()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
        return Normalizer.normalize(small, Normalizer.Form.NFC);
    }
}
