package io.fairlead.agent.site;

/** What an instruction may ask for, and {@code site.conf} may allow, ask about or deny. */
public enum SiteAction {
    COLLECT("collect", SiteRule.Word.ALLOW),
    SET("set", SiteRule.Word.ALLOW),
    DIAGNOSE("diagnose", SiteRule.Word.ALLOW),
    RESTART("restart", SiteRule.Word.ALLOW),
    /** Guarded: what is placed may be run. */
    RECEIVE("receive", SiteRule.Word.ASK),
    /** Routine: from an upload root only. What is marked as possibly holding patient data is asked about all the same. */
    UPLOAD("upload", SiteRule.Word.ALLOW),
    /** Routine: what it takes in could be sent by UPLOAD or is said in the agent's own status. */
    PACKAGE("package", SiteRule.Word.ALLOW),
    /** Guarded: somebody far away sees or uses what runs here. */
    SESSION("session", SiteRule.Word.ASK);

    private final String word;
    private final SiteRule.Word standard;

    SiteAction(String word, SiteRule.Word standard) {
        this.word = word;
        this.standard = standard;
    }

    /** As it is written in {@code site.conf}. */
    public String word() {
        return word;
    }

    /** What counts where {@code site.conf} says nothing: routine is allowed, what is guarded is asked about. */
    public SiteRule.Word standard() {
        return standard;
    }
}
