package io.fairlead.agent.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Folders in which nothing from outside may ever be placed, for what lies there is run or believed.
 *
 * @param protectedFolders by what they are, in words for the customer
 */
public record SiteFolders(List<Protected> protectedFolders) {

    /** One of them. */
    public record Protected(String what, Path folder) {}

    public SiteFolders {
        protectedFolders = List.copyOf(protectedFolders);
    }

    /** The agent's own folders, and those from which this system starts programs. */
    public static SiteFolders of(Path program, Path data, Map<String, String> environment) {
        List<Protected> all = new ArrayList<>();
        all.add(new Protected("the program's folder", program));
        all.add(new Protected("the data folder", data));
        for (String folder : List.of("/etc", "/usr", "/bin", "/sbin", "/lib", "/boot", "/var/spool/cron")) {
            all.add(new Protected("a start-up folder", Path.of(folder)));
        }
        startUp(environment.get("HOME"), ".config/autostart", all);
        startUp(environment.get("HOME"), ".config/systemd", all);
        startUp(environment.get("SystemRoot"), "", all);
        startUp(environment.get("APPDATA"), "Microsoft/Windows/Start Menu", all);
        startUp(environment.get("ProgramData"), "Microsoft/Windows/Start Menu", all);
        startUp(environment.get("ProgramFiles"), "", all);
        startUp(environment.get("ProgramFiles(x86)"), "", all);
        return new SiteFolders(all);
    }

    private static void startUp(@Nullable String base, String below, List<Protected> all) {
        if (base != null && !base.isEmpty()) {
            all.add(new Protected("a start-up folder", Path.of(base).resolve(below)));
        }
    }

    /** Why a folder may not be a receive root; where links point is what counts. */
    Optional<String> refusal(Path folder, List<Path> uploadRoots) {
        for (Protected each : protectedFolders) {
            if (overlap(folder, each.folder())) {
                return Optional.of(folder + " overlaps " + each.what() + " " + each.folder());
            }
        }
        for (Path upload : uploadRoots) {
            if (overlap(folder, upload)) {
                return Optional.of(folder + " overlaps the upload root " + upload);
            }
        }
        return Optional.empty();
    }

    private static boolean overlap(Path one, Path other) {
        Path a = real(one);
        Path b = real(other);
        return a.startsWith(b) || b.startsWith(a);
    }

    /** The path without links, as far as it exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path there = absolute; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(absolute)).normalize();
            } catch (IOException e) {
                // Not there yet: its parent decides.
            }
        }
        return absolute;
    }
}
