package io.fairlead.enterprise.login;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's half of SCRAM-SHA-256 (RFC 5802, section 5; RFC 7677), as far as browsers can go: no channel binding, no
 * authorisation identity, no extensions.
 */
final class Scram {
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    /** Base64 of {@code n,,}. */
    private static final String NO_BINDING = "biws";

    // saslname: comma and equals sign come as =2C and =3D. The nonce is printable ASCII without a comma.
    private static final Pattern FIRST =
            Pattern.compile("n,,(?<bare>n=(?<name>(?:[^,=\\x00]|=2C|=3D){1,300}),r=(?<nonce>[!-+\\--~]{18,128}))");
    private static final Pattern FINAL = Pattern.compile(
            "(?<bare>c=(?<binding>[A-Za-z0-9+/=]{1,64}),r=(?<nonce>[!-+\\--~]{1,256})),p=(?<proof>[A-Za-z0-9+/]{43}=)");

    private Scram() {}

    /**
     * client-first-message.
     *
     * @param bare what goes into the AuthMessage
     */
    record First(String bare, String name, String nonce) {
        /** Empty when it is none, or asks for what is not spoken here. */
        static Optional<First> parse(String message) {
            Matcher matcher = FIRST.matcher(message);
            return matcher.matches()
                    ? Optional.of(new First(
                            matcher.group("bare"),
                            matcher.group("name").replace("=2C", ",").replace("=3D", "="),
                            matcher.group("nonce")))
                    : Optional.empty();
        }
    }

    /** server-first-message. */
    static String challenge(String clientNonce, String serverNonce, byte[] salt, int iterations) {
        return "r=" + clientNonce + serverNonce + ",s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + iterations;
    }

    /**
     * Checks client-final-message.
     *
     * @param firstBare of the client
     * @param challenge that it answers
     * @return server-final-message, or empty when the proof is wrong or the message another one's
     */
    static Optional<String> answer(String firstBare, String challenge, String message, PasswordKeys keys) {
        Matcher matcher = FINAL.matcher(message);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String authMessage = firstBare + "," + challenge + "," + matcher.group("bare");
        byte[] proof = Base64.getDecoder().decode(matcher.group("proof"));
        boolean proved = ScramFunctions.verifyClientProof(SHA_256, proof, keys.storedKey(), authMessage);
        boolean unbound = NO_BINDING.equals(matcher.group("binding"));
        boolean same = MessageDigest.isEqual(utf8(matcher.group("nonce")), utf8(nonce(challenge)));
        byte[] signature = ScramFunctions.serverSignature(SHA_256, keys.serverKey(), authMessage);
        return proved && unbound && same
                ? Optional.of("v=" + Base64.getEncoder().encodeToString(signature))
                : Optional.empty();
    }

    private static String nonce(String challenge) {
        return challenge.substring("r=".length(), challenge.indexOf(",s="));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
