package io.fairlead.enterprise.audit;

import io.fairlead.statements.Checkpoint;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Checkpoints that somebody keeps: one JSON object a line. Agents write the same.
 *
 * <pre>
 *   {"checkpoint":"fairlead audit checkpoint 1\nnumber 7\n…","signature":"base64 of DER",
 *    "certificates":["base64 of DER: the key's","the issuer's"]}
 * </pre>
 */
public final class WitnessFile {
    private static final int MOST_LINES = 1_000_000;

    private final Path file;

    public WitnessFile(Path file) {
        this.file = file;
    }

    /**
     * Every checkpoint in it; their signatures are not judged here.
     *
     * @throws IOException when it cannot be read, or a line is none; the message names it
     */
    public List<SignedCheckpoint> read() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return read(lines);
        }
    }

    /** The same of what such a file holds. */
    public static List<SignedCheckpoint> read(BufferedReader lines) throws IOException {
        List<SignedCheckpoint> all = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (number > MOST_LINES) {
                throw new IOException("it has more than " + MOST_LINES + " lines");
            }
            if (!line.isBlank()) {
                all.add(parse(line, number));
            }
        }
        return all;
    }

    private static SignedCheckpoint parse(String line, int number) throws IOException {
        try {
            JsonObject json = new JsonObject(line);
            Checkpoint checkpoint = Checkpoint.of(
                            json.getString("checkpoint", "").getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IllegalArgumentException("no checkpoint"));
            List<byte[]> certificates = new ArrayList<>();
            JsonArray given = json.getJsonArray("certificates", new JsonArray());
            for (int i = 0; i < given.size(); i++) {
                certificates.add(Base64.getDecoder().decode(given.getString(i)));
            }
            return new SignedCheckpoint(
                    checkpoint, Base64.getDecoder().decode(json.getString("signature", "")), certificates);
        } catch (DecodeException | IllegalArgumentException | ClassCastException none) {
            throw new IOException("line " + number + " is no checkpoint", none);
        }
    }

    /** A checkpoint as its line, without the line's end. */
    public static String line(SignedCheckpoint signed) {
        JsonArray certificates = new JsonArray();
        signed.certificates()
                .forEach(one -> certificates.add(Base64.getEncoder().encodeToString(one)));
        return new JsonObject()
                .put("checkpoint", new String(signed.checkpoint().statement(), StandardCharsets.US_ASCII))
                .put("signature", Base64.getEncoder().encodeToString(signed.signature()))
                .put("certificates", certificates)
                .encode();
    }
}
