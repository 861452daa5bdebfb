package io.fairlead.agent.file;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Something that a diagnostic package takes in, as {@code app} names it. */
public sealed interface PackagePart {
    /**
     * A text that is made at the moment.
     *
     * @param name in the package
     * @param what it is, for the manifest
     */
    record Made(String name, String what, Supplier<String> text) implements PackagePart {}

    /**
     * Files of one folder by name, the newest first.
     *
     * @param into the folder in the package
     * @param glob over names
     * @param own whether they are the agent's own; others count only within an upload root, and unless they are marked as
     *     possibly holding patient data
     */
    record Files(String into, Path folder, String glob, boolean own) implements PackagePart {}
}
