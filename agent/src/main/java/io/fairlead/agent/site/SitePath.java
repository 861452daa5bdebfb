package io.fairlead.agent.site;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Every step that the system takes from the root to a file: folders, links, what links point at. Whoever can write one
 * of the steps decides where the path ends.
 *
 * @param steps folder and the entry that is looked up in it, in order
 * @param end the file, reached without links
 */
record SitePath(List<Step> steps, Path end) {
    private static final int MAX_LINKS = 40;

    /** An entry of a folder; the folder's own path has no links. */
    record Step(Path folder, Path entry) {}

    static SitePath walk(Path file) throws IOException {
        Path start = file.toAbsolutePath();
        Path root = start.getRoot();
        if (root == null) {
            throw new NoSuchFileException(start.toString());
        }
        Deque<Path> ahead = new ArrayDeque<>();
        start.forEach(ahead::add);
        List<Step> steps = new ArrayList<>();
        Path here = root;
        int links = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.remove().toString();
            if (name.equals("..")) {
                Path parent = here.getParent();
                here = parent == null ? here : parent;
            } else if (!name.equals(".") && !name.isEmpty()) {
                Path entry = here.resolve(name);
                steps.add(new Step(here, entry));
                if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
                    throw new NoSuchFileException(entry.toString());
                }
                if (!Files.isSymbolicLink(entry)) {
                    here = entry;
                    continue;
                }
                if (++links > MAX_LINKS) {
                    throw new FileSystemLoopException(file.toString());
                }
                Path target = Files.readSymbolicLink(entry);
                Path targetRoot = target.getRoot();
                here = targetRoot == null ? here : here.resolve(target).getRoot();
                here = here == null ? root : here;
                List<Path> names = new ArrayList<>();
                target.forEach(names::add);
                for (int i = names.size() - 1; i >= 0; i--) {
                    ahead.addFirst(names.get(i));
                }
            }
        }
        return new SitePath(steps, here);
    }
}
