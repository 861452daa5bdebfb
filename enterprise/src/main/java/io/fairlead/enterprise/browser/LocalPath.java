package io.fairlead.enterprise.browser;

import org.jspecify.annotations.Nullable;

/** A path within the console, for redirections: what a visitor hands us must not lead to another site. */
public final class LocalPath {
    private static final int LONGEST = 2_000;

    private LocalPath() {}

    /** Whether it begins with one slash and has nothing that browsers read as another host or another header line. */
    public static boolean fits(String path) {
        return path.length() <= LONGEST
                && path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }

    /** The path if it is one of ours, else the other. */
    public static String orElse(String path, String other) {
        return fits(path) ? path : other;
    }

    /** The path of one of our addresses, as a browser says where it is; else the other. */
    static String ofUrl(@Nullable String url, String other) {
        if (url == null || !url.startsWith("https://")) {
            return other;
        }
        int slash = url.indexOf('/', "https://".length());
        return slash < 0 ? other : orElse(url.substring(slash).replaceFirst("#.*", ""), other);
    }
}
