package io.fairlead.firewall.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a maker says of a file, and what the file then lets out. */
interface Grammar {
    String HOST = "[a-z0-9-]+(?:\\.[a-z0-9-]+)*";
    String IPV4 = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}";
    String IPV6 = "[0-9a-f:]*:[0-9a-f:]*";
    String PORT = "[1-9][0-9]{0,4}";
    /** Of comments: nothing that any of the makers gives a meaning to. */
    String PLAIN = "[A-Za-z0-9 .,:/()+_-]";

    /**
     * Reads each line.
     *
     * @throws AssertionError at the first that does not fit, or names what is not there
     */
    Set<Permit> read(String file);

    /** The lines of a file that ends in a line end, or none. */
    static List<String> lines(String file) {
        check(file.isEmpty() || file.endsWith("\n"), "no line end behind the last line");
        check(file.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127), "a character that is not ASCII");
        return file.lines().toList();
    }

    /** A thousand lists have many lines, which is why each is not asserted with words of its own. */
    static void check(boolean fits, String what) {
        if (!fits) {
            throw new AssertionError(what);
        }
    }

    /** What stands in the parentheses. */
    static List<String> groups(String line, Pattern pattern) {
        Matcher matcher = pattern.matcher(line);
        check(matcher.matches(), line);
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(String.valueOf(matcher.group(i)));
        }
        return groups;
    }

    /** What was defined before under that name. */
    static <T> T there(Map<String, T> defined, String name) {
        check(defined.containsKey(name), name);
        return defined.get(name);
    }

    /** Defines what no other has as its name. */
    static <T> void define(Map<String, T> defined, String name, T what) {
        check(defined.put(name, what) == null, name);
    }
}
