package io.fairlead.enterprise.reach;

/** How a device dialled. The names are what the tables keep. */
public enum Way {
    DIRECT("direct"),
    HTTP_PROXY("HTTP proxy"),
    SOCKS_PROXY("SOCKS proxy");

    private final String words;

    Way(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
