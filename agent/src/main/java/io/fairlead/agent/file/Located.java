package io.fairlead.agent.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the path of an order leads to.
 *
 * @param root one of those of {@code site.conf}
 * @param path from there, as {@link NamePath} has judged it
 * @param size of the file, in bytes, at this moment
 * @param patient whether it is marked as possibly holding patient data
 */
record Located(String root, String path, long size, boolean patient) {
    /**
     * Finds a file to send: in the first root that has it, or in the one that an absolute path names.
     *
     * @throws NotPossible when it is in none
     */
    static Located upload(Desk desk, String path) throws IOException, NotPossible {
        List<Path> roots = desk.rules().uploadRoots();
        if (roots.isEmpty()) {
            throw NotPossible.refused("site.conf names no upload root");
        }
        Optional<Path> named = root(roots, path);
        NamePath names = NamePath.parse(named.map(root -> below(root, path)).orElse(path));
        NotPossible last = NotPossible.failed("there is no file " + names + " in an upload root");
        for (Path root : named.map(List::of).orElse(roots)) {
            try (Source source = Source.open(desk.walk(), root, names)) {
                return new Located(
                        root.toString(), names.toString(), source.size(), patient(desk.rules(), root, names));
            } catch (NotPossible e) {
                last = e.outcome() == last.outcome() ? last : e;
            }
        }
        throw last;
    }

    /** Whether a file is marked as possibly holding patient data, by the way in which the root is written or its real one. */
    static boolean patient(FileRules rules, Path root, NamePath names) throws IOException {
        PatientPaths marks = rules.patient();
        return marks.mark(root, names) || marks.mark(root.toRealPath(), names);
    }

    /** The root that an absolute path names; empty for a relative path. */
    private static Optional<Path> root(List<Path> roots, String path) throws NotPossible {
        boolean absolute = path.startsWith("/") || path.startsWith("\\") || path.matches("(?s)[A-Za-z]:.*");
        if (!absolute) {
            return Optional.empty();
        }
        for (Path root : roots) {
            if (slashes(path).startsWith(slashes(root.toString()) + "/")) {
                return Optional.of(root);
            }
        }
        throw NotPossible.refused("the path is absolute and in no upload root");
    }

    private static String below(Path root, String path) {
        return slashes(path).substring(slashes(root.toString()).length() + 1);
    }

    private static String slashes(String path) {
        return path.replace('\\', '/').replaceAll("(?<=.)/$", "");
    }

    /**
     * Finds the place of a file that comes: in the first root that has its folder. Folders are not made.
     *
     * @throws NotPossible when there is none, the name is taken, or there is no room
     */
    static Located receive(Desk desk, String path, long size) throws IOException, NotPossible {
        if (desk.rules().receiveRoots().isEmpty()) {
            throw NotPossible.refused("site.conf names no receive root");
        }
        NamePath names = NamePath.parse(path);
        NotPossible last = NotPossible.failed("no receive root has the folder of " + names);
        for (Path root : desk.rules().receiveRoots()) {
            try (Walk.Folder folder = desk.walk().open(root, names.folders())) {
                requireFree(folder, names);
                requireRoom(desk, root, size);
                return new Located(root.toString(), names.toString(), size, false);
            } catch (NotPossible e) {
                last = e;
            }
        }
        throw last;
    }

    private static void requireFree(Walk.Folder folder, NamePath names) throws IOException, NotPossible {
        try {
            Walk.Entry there = folder.look(names.file());
            throw NotPossible.failed("there is already " + (there.file() ? "a file " : "something named ") + names
                    + "; nothing is replaced");
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /** Once in the agent's own folder, and once more in its place; the same disk has to take it twice. */
    private static void requireRoom(Desk desk, Path root, long size) throws NotPossible {
        for (Path disk : List.of(desk.folder().folder(), root)) {
            long spare = desk.disks().spare(disk);
            if (spare < size || (spare / 2 < size && sameDisk(desk.folder().folder(), root))) {
                throw NotPossible.failed("the disk of " + disk + " has " + spare
                        + " bytes above what stays free for the instrument; twice " + size + " may be needed");
            }
        }
    }

    private static boolean sameDisk(Path one, Path other) {
        try {
            Path existing = one;
            while (!existing.toFile().exists() && existing.getParent() != null) {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).equals(Files.getFileStore(other));
        } catch (IOException | InvalidPathException e) {
            return true;
        }
    }
}
