package io.fairlead.enterprise.integration;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A name and a password, as they came. Never printed. */
record Credentials(String name, String password) {
    private static final String BASIC = "basic ";
    private static final int LONGEST = 1_024;

    /**
     * Of the Authorization header (RFC 7617, in UTF-8); null without one.
     *
     * @throws Refusal ACCOUNT_REFUSED for another scheme, or what does not read
     */
    static @Nullable Credentials basic(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.length() > LONGEST || !header.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            throw new Refusal(Fault.ACCOUNT_REFUSED, "an authorization other than Basic");
        }
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new Credentials(text.substring(0, colon), text.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            // The same as a missing colon; what came is not quoted.
        }
        throw new Refusal(Fault.ACCOUNT_REFUSED, "a Basic authorization that does not read");
    }

    @Override
    public String toString() {
        return "credentials of " + name;
    }
}
