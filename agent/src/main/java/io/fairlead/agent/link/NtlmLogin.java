package io.fairlead.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.jspecify.annotations.Nullable;

/**
 * NTLM version 2 with the user of {@code site.conf}, by the JDK's SASL mechanism. Never with the account that the agent
 * runs under, as the JDK's own HTTP client does on Windows before it asks for a user.
 */
final class NtlmLogin implements ProxyLogin {
    static final String SCHEME = "ntlm";

    private final String domain;
    private final String user;
    private final String password;
    private @Nullable SaslClient client;

    /** @param user {@code DOMAIN\\user} or without a domain */
    NtlmLogin(String user, String password) {
        int slash = user.indexOf('\\');
        this.domain = slash < 0 ? "" : user.substring(0, slash).toUpperCase(Locale.ROOT);
        this.user = user.substring(slash + 1);
        this.password = password;
    }

    @Override
    public String first() throws IOException {
        client = Sasl.createSaslClient(
                new String[] {"NTLM"},
                null,
                "http",
                "",
                Map.of(
                        "com.sun.security.sasl.ntlm.version",
                        "LMv2/NTLMv2",
                        "com.sun.security.sasl.ntlm.hostname",
                        thisPc()),
                this::tell);
        if (client == null) {
            throw new IOException("this Java runtime has no NTLM: its module java.security.sasl is missing");
        }
        return said(client, new byte[0]);
    }

    /** What goes next over the same connection, and proves the password. */
    String answer(List<ProxyChallenge> challenges) throws IOException {
        SaslClient begun = client;
        Optional<String> token = challenges.stream()
                .filter(challenge -> challenge.scheme().equals(SCHEME))
                .map(ProxyChallenge::token)
                .filter(text -> !text.isEmpty())
                .findFirst();
        if (begun == null || token.isEmpty()) {
            throw new IOException("it asks for NTLM and does not go on with it");
        }
        try {
            return said(begun, Base64.getDecoder().decode(token.get()));
        } catch (IllegalArgumentException e) {
            throw new IOException("a step of NTLM that is none", e);
        } finally {
            begun.dispose();
        }
    }

    private static String said(SaslClient client, byte[] heard) throws IOException {
        return "NTLM " + Base64.getEncoder().encodeToString(client.evaluateChallenge(heard));
    }

    private void tell(Callback[] asked) {
        for (Callback each : asked) {
            if (each instanceof RealmCallback realm) {
                realm.setText(domain);
            } else if (each instanceof NameCallback name) {
                name.setName(user);
            } else if (each instanceof PasswordCallback secret) {
                secret.setPassword(password.toCharArray());
            }
        }
    }

    /** An account may be allowed from certain PCs only. */
    private static String thisPc() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
