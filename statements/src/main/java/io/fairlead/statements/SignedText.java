package io.fairlead.statements;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The exact bytes of a statement and an ECDSA signature over them (P-256, SHA-256, ASN.1 DER). Compared by what they are.
 * The arrays are not copied.
 */
public final class SignedText {
    private static final int LONGEST_SIGNATURE = 72;

    private final byte[] statement;
    private final byte[] signature;

    public SignedText(byte[] statement, byte[] signature) {
        this.statement = statement;
        this.signature = signature;
    }

    public byte[] statement() {
        return statement;
    }

    public byte[] signature() {
        return signature;
    }

    /** Whether this key's owner signed it. */
    public boolean isBy(PublicKey key) {
        return new EcdsaSignature(signature).over(statement, key);
    }

    /** For one HTTP header or subprotocol: both in base64url without padding, a dot between them. */
    public String header() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(statement) + "." + encoder.encodeToString(signature);
    }

    /**
     * Reads a header back.
     *
     * @param most bytes of the statement, at most
     */
    public static SignedText ofHeader(String header, int most) throws NotAStatement {
        int dot = header.indexOf('.');
        if (dot < 1 || header.length() > (most + LONGEST_SIGNATURE) / 3 * 4 + 16) {
            throw new NotAStatement("not two parts with a dot between, or too long");
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            SignedText read =
                    new SignedText(decoder.decode(header.substring(0, dot)), decoder.decode(header.substring(dot + 1)));
            if (read.header().equals(header)) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw new NotAStatement("not in base64url");
        }
        throw new NotAStatement("it could be written in another way");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedText that
                && Arrays.equals(statement, that.statement)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(statement) + Arrays.hashCode(signature);
    }

    /** The statement only: a signature is not for logs, and a statement is not secret. */
    @Override
    public String toString() {
        return new String(statement, java.nio.charset.StandardCharsets.UTF_8);
    }
}
