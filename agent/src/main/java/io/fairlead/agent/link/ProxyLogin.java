package io.fairlead.agent.link;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a proxy is told user and password: in the safest of the ways that it offers and the agent knows. What it is told
 * stays with one connection; nothing is kept, and nothing is said twice.
 */
sealed interface ProxyLogin permits BasicLogin, DigestLogin, NtlmLogin {
    /** The value of Proxy-Authorization that goes first; without the password where the scheme has more steps. */
    String first() throws IOException;

    /** Empty when nothing that is offered is known. */
    static Optional<ProxyLogin> to(List<ProxyChallenge> offered, ServerAddress server, String user, String password) {
        Optional<ProxyLogin> digest = offered.stream()
                .filter(DigestLogin::knows)
                .findFirst()
                .map(challenge -> new DigestLogin(challenge, server, user, password));
        if (digest.isPresent()) {
            return digest;
        }
        if (offered.stream().anyMatch(challenge -> challenge.scheme().equals(NtlmLogin.SCHEME))) {
            return Optional.of(new NtlmLogin(user, password));
        }
        return offered.stream()
                .filter(challenge -> challenge.scheme().equals(BasicLogin.SCHEME))
                .findFirst()
                .map(challenge -> new BasicLogin(challenge, user, password));
    }
}
