package io.fairlead.agent.app;

/** What an instruction may ask for and {@code site.conf} may allow or deny. */
public enum SiteAction {
    COLLECT("collect"),
    SET("set"),
    DIAGNOSE("diagnose"),
    RESTART("restart");

    private final String word;

    SiteAction(String word) {
        this.word = word;
    }

    /** As it is written in {@code site.conf}. */
    public String word() {
        return word;
    }
}
