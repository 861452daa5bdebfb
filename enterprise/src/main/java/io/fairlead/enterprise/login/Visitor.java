package io.fairlead.enterprise.login;

/**
 * Whoever is at the other end before it is known who he is.
 *
 * @param client the browser or program, as it calls itself; cut to 200 printable characters
 * @param marks of {@link KnownBrowsers}, as the cookie brought them; empty for none
 */
public record Visitor(Address address, String client, String marks) {
    private static final int LONGEST_CLIENT = 200;

    public Visitor {
        String printable = client.replaceAll("[^\\x20-\\x7E]", " ").strip();
        client = printable.length() > LONGEST_CLIENT ? printable.substring(0, LONGEST_CLIENT) : printable;
    }

    /** As the audit names him. */
    String audited() {
        return "address:" + address.text();
    }
}
