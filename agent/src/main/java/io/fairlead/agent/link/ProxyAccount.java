package io.fairlead.agent.link;

/**
 * Who this agent is at one proxy. Only a proxy that the customer names so is ever sent a user or a password.
 *
 * @param proxy compared by name and port, whatever it resolves to
 * @param user for NTLM {@code DOMAIN\\user}
 */
public record ProxyAccount(ServerAddress proxy, String user, SecretText password) {
    private static final int LONGEST = 255;

    public ProxyAccount {
        if (user.isBlank() || user.length() > LONGEST || user.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("a proxy's user is 1 to " + LONGEST + " printable characters");
        }
    }

    boolean isFor(ServerAddress address) {
        return proxy.port() == address.port() && proxy.host().equalsIgnoreCase(address.host());
    }

    /** Never the password. */
    @Override
    public String toString() {
        return user + " at " + proxy;
    }
}
