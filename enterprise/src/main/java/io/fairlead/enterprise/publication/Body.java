package io.fairlead.enterprise.publication;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that is answered again and again.
 *
 * @param tag strong (RFC 9110, section 8.8.3), in its quotation marks
 * @param fileName under which a browser keeps it
 */
record Body(Buffer bytes, String mediaType, String tag, String fileName) {
    static Body of(String text, String mediaType, String fileName) {
        return of(Buffer.buffer(text), mediaType, fileName);
    }

    static Body of(Buffer bytes, String mediaType, String fileName) {
        return new Body(bytes, mediaType, tag(bytes.getBytes(), mediaType), fileName);
    }

    private static String tag(byte[] bytes, String mediaType) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(mediaType.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(sha256.digest(bytes), 0, 16) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
