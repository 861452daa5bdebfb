package io.fairlead.enterprise.login;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What must be remembered between the two messages of a client. The client keeps it, sealed: whoever begins log-ins by the
 * thousand fills nothing here, and any node may answer the second.
 *
 * @param person the name that was given, as names are written
 * @param first the client's, as SCRAM's AuthMessage has it
 * @param challenge of the server
 */
record Exchange(String person, String first, String challenge, Instant notAfter) {
    static final Duration LIFE = Duration.ofMinutes(2);

    private static final int LONGEST = 4_096;

    String sealed(LoginKeys keys) {
        byte[] plain = new JsonObject()
                .put("p", person)
                .put("f", first)
                .put("c", challenge)
                .put("t", notAfter.toEpochMilli())
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(keys.sealExchange(plain));
    }

    /** Empty for what was not sealed here, or is too old. */
    static Optional<Exchange> open(String sealed, LoginKeys keys, Instant now) {
        if (sealed.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return keys.openExchange(Base64.getUrlDecoder().decode(sealed))
                    .map(plain -> new JsonObject(new String(plain, StandardCharsets.UTF_8)))
                    .map(json -> new Exchange(
                            json.getString("p"),
                            json.getString("f"),
                            json.getString("c"),
                            Instant.ofEpochMilli(json.getLong("t"))))
                    .filter(exchange -> now.isBefore(exchange.notAfter));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Names it, so that it is answered once. */
    String id() {
        return challenge.substring("r=".length(), challenge.indexOf(",s="));
    }
}
