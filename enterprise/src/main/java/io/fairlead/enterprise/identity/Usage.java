package io.fairlead.enterprise.identity;

/** What the certificates of one issuer are for. A verifier names the one that it accepts. */
public enum Usage {
    /** Instruments' agents, as TLS clients. */
    DEVICES("devices", "1.3.6.1.5.5.7.3.2"),
    /** The listeners of the enterprise, as TLS servers. */
    SERVERS("servers", "1.3.6.1.5.5.7.3.1"),
    /** Keys that sign instructions; an arc of our own below 2.25. */
    SIGNERS("signers", "2.25.198713.1");

    private final String word;
    private final String oid;

    Usage(String word, String oid) {
        this.word = word;
        this.oid = oid;
    }

    /** The word in the issuer's common name and in its files' names. */
    public String word() {
        return word;
    }

    /** The extended key usage, in dotted form. */
    public String oid() {
        return oid;
    }
}
