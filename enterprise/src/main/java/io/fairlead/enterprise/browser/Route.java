package io.fairlead.enterprise.browser;

/**
 * One mounted address, for tests that walk all of them.
 *
 * @param method {@code GET} or {@code POST}
 * @param path as mounted, with {@code :name} for a part that varies
 * @param access who may come
 */
public record Route(String method, String path, Access access) {
    /** Whether it may change something. */
    public boolean changes() {
        return method.equals("POST");
    }
}
