package io.fairlead.enterprise.browser;

/**
 * A line of the menu.
 *
 * @param label a word or two
 * @param path where it leads; the item is marked on that page and those below it
 * @param icon a name that {@code browser/icon.jte} draws
 * @param key the letter that opens it after "g"; empty for none
 * @param access who sees it
 */
public record MenuItem(String label, String path, String icon, String key, Access access) {
    /** Whether a page belongs to it. */
    public boolean holds(String page) {
        return page.equals(path) || (!path.equals("/") && page.startsWith(path + "/"));
    }
}
