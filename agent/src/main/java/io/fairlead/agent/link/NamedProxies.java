package io.fairlead.agent.link;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the JDK's tunnels user and password for the proxies that the customer names, and nothing to anybody else. A tunnel
 * is told them once: the JDK would send a wrong password again until its limit of redirections, and lock the account.
 */
final class NamedProxies extends Authenticator {
    /** The JDK asks on the thread that opens the tunnel. */
    private static final ThreadLocal<Boolean> TOLD = ThreadLocal.withInitial(() -> true);

    private final List<ProxyAccount> accounts;

    private NamedProxies(List<ProxyAccount> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    /** From now on these are the ones that the JDK knows, for the whole process. */
    static void install(List<ProxyAccount> accounts) {
        Authenticator.setDefault(new NamedProxies(accounts));
    }

    /** What this thread opens next is a new tunnel, which has been told nothing yet. */
    static void newTunnel() {
        TOLD.set(false);
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        // A server's question is none of ours, and SOCKS is not left to the JDK.
        if (getRequestorType() != RequestorType.PROXY || "SOCKS5".equals(getRequestingProtocol())) {
            return null;
        }
        if (TOLD.get()) {
            return null;
        }
        TOLD.set(true);
        for (ProxyAccount account : accounts) {
            if (account.proxy().host().equalsIgnoreCase(getRequestingHost())
                    && account.proxy().port() == getRequestingPort()) {
                try {
                    return new PasswordAuthentication(
                            account.user(), account.password().read().toCharArray());
                } catch (IOException e) {
                    // It could be read a moment ago; the tunnel fails, and says the next time why.
                    return null;
                }
            }
        }
        return null;
    }
}
