package io.fairlead.enterprise.login;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of one SCRAM-SHA-256 exchange, for the command line; {@code scram.js} is its twin in browsers. A class
 * of ours because that of com.ongres.scram takes ASCII or SASLprep, and passwords here are NFKC.
 */
public final class ScramClient {
    private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;
    private static final int NONCE_BYTES = 24;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final Pattern CHALLENGE = Pattern.compile(
            "r=(?<nonce>[!-+\\--~]{1,256}),s=(?<salt>[A-Za-z0-9+/=]{4,128}),i=(?<iterations>[0-9]{1,8})");

    private final String bare;
    private final String nonce;
    private final Password password;
    private byte @Nullable [] signature;

    public ScramClient(String name, Password password, SecureRandom random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        this.nonce = Base64.getEncoder().encodeToString(bytes);
        this.bare = "n=" + name.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
        this.password = password;
    }

    /** client-first-message. */
    public String first() {
        return "n,," + bare;
    }

    /**
     * client-final-message; takes a good part of a second.
     *
     * @throws IllegalArgumentException when the server's message is none, answers somebody else, or asks for so few
     *     iterations that the proof could be used to guess the password
     */
    public String answer(String challenge) {
        Matcher matcher = CHALLENGE.matcher(challenge);
        if (!matcher.matches()
                || !matcher.group("nonce").startsWith(nonce)
                || matcher.group("nonce").equals(nonce)) {
            throw new IllegalArgumentException("the server's answer is no answer to this log-in");
        }
        int iterations = Integer.parseInt(matcher.group("iterations"));
        if (iterations < PasswordKeys.ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException("the server asks for " + iterations + " iterations");
        }
        byte[] salted = password.salted(Base64.getDecoder().decode(matcher.group("salt")), iterations);
        byte[] clientKey = ScramFunctions.clientKey(SHA_256, salted);
        String withoutProof = "c=biws,r=" + matcher.group("nonce");
        String authMessage = bare + "," + challenge + "," + withoutProof;
        byte[] proof = ScramFunctions.clientProof(
                clientKey,
                ScramFunctions.clientSignature(SHA_256, ScramFunctions.storedKey(SHA_256, clientKey), authMessage));
        signature = ScramFunctions.serverSignature(SHA_256, ScramFunctions.serverKey(SHA_256, salted), authMessage);
        return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
    }

    /** Whether server-final-message proves that the server knows the password's keys: else it is another server. */
    public boolean proves(String message) {
        byte[] expected = signature;
        return expected != null
                && MessageDigest.isEqual(
                        ("v=" + Base64.getEncoder().encodeToString(expected)).getBytes(StandardCharsets.UTF_8),
                        message.getBytes(StandardCharsets.UTF_8));
    }
}
