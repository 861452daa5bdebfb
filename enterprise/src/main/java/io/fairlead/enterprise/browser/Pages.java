package io.fairlead.enterprise.browser;

/** Some pages that belong together. The composition root gives them to the browser's doors, once, at the start. */
@FunctionalInterface
public interface Pages {
    /** Adds each of its addresses, and what it has in the menu. */
    void mount(Doors doors);
}
