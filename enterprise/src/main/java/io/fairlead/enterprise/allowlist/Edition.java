package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.format.JsonList;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * A list as it was published: its exact text and what proves whose it is.
 *
 * @param list what its text says
 * @param document its text, UTF-8; the signature is over these bytes
 */
public record Edition(JsonList list, String document, Signature signature) {
    /**
     * Who vouches for the document.
     *
     * @param value base64 of an ECDSA signature with P-256 and SHA-256, ASN.1 DER (RFC 3279, section 2.2.3)
     * @param signer the certificate of the key that signed and those above it, PEM (RFC 7468)
     */
    public record Signature(String value, String signer) {}

    /** How long nobody need ask for another. */
    static final Duration LIFE = Duration.ofDays(90);
    /** So long before its end an edition is made again though nothing has changed. */
    static final Duration AGAIN = Duration.ofDays(60);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    /** Ten digits: the day it was issued and a number of that day's; higher than all before. */
    public long version() {
        return Long.parseLong(list.version().value());
    }

    public Instant expires() {
        return list.expires().orElse(list.issued());
    }

    /** SHA-256 of the document, 64 small hexadecimal digits, by which the next edition names it. */
    public String digest() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The number of the one that follows. */
    static long next(long last, Instant now) {
        return Math.max(last + 1, Long.parseLong(DAY.format(now.atOffset(ZoneOffset.UTC))) * 100);
    }
}
