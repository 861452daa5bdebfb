package io.fairlead.agent.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names from a root to a file, judged by the same rules on every system, so that what one PC takes another does too:
 * nothing that any file system reads as something else than a name (parents, devices, streams, short names, wildcards),
 * nothing that a reader cannot see.
 *
 * @param names folders and, last, the file; at least one
 */
record NamePath(List<String> names) {
    static final int MOST_CHARACTERS = 512;
    static final int MOST_NAME_BYTES = 255;
    /** What this room calls files that are not whole yet. */
    static final String OWN = ".fairlead-";

    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "clock$", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5",
            "com6", "com7", "com8", "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
            "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³");
    /** NTFS answers to these for files that have other names. */
    private static final Pattern SHORT_NAME = Pattern.compile("[^.]{1,6}~[0-9]{1,6}(\\.[^.]{0,3})?");

    NamePath {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no name");
        }
    }

    /** Judges a path; a NotPossible names the rule that it breaks. */
    static NamePath parse(String path) throws NotPossible {
        if (path.length() > MOST_CHARACTERS) {
            throw NotPossible.refused("the path is longer than " + MOST_CHARACTERS + " characters");
        }
        List<String> names = List.of(path.split("/", -1));
        for (String name : names) {
            judge(name);
        }
        return new NamePath(names);
    }

    private static void judge(String name) throws NotPossible {
        if (name.isEmpty()) {
            throw NotPossible.refused("the path has a name without characters");
        }
        if (name.equals(".") || name.equals("..")) {
            throw NotPossible.refused("the path has . or ..");
        }
        int at = 0;
        while (at < name.length()) {
            int c = name.codePointAt(at);
            if (!visible(c)) {
                throw NotPossible.refused("the path has a character that cannot be seen");
            }
            if ("<>:\"|?*\\".indexOf(c) >= 0) {
                throw NotPossible.refused("the path has " + Character.toString(c)
                        + ", which is no part of a name on every system; folders are divided by /");
            }
            at += Character.charCount(c);
        }
        if (name.endsWith(".") || name.endsWith(" ") || name.startsWith(" ")) {
            throw NotPossible.refused("a name begins or ends with a blank, or ends with a dot");
        }
        if (DEVICES.contains(stem(name))) {
            throw NotPossible.refused("a name is that of a device");
        }
        if (SHORT_NAME.matcher(name).matches()) {
            throw NotPossible.refused("a name is a short one (8.3), which may stand for another");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
            throw NotPossible.refused("a name is longer than " + MOST_NAME_BYTES + " bytes");
        }
        if (name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
            throw NotPossible.refused("a name begins with " + OWN + ", which is the agent's own");
        }
    }

    private static boolean visible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED
                && (type != Character.SPACE_SEPARATOR || c == ' ');
    }

    /** Windows takes {@code NUL.txt} and {@code NUL .txt} for the device too. */
    private static String stem(String name) {
        int dot = name.indexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
    }

    List<String> folders() {
        return names.subList(0, names.size() - 1);
    }

    String file() {
        return names.get(names.size() - 1);
    }

    @Override
    public String toString() {
        return String.join("/", names);
    }
}
