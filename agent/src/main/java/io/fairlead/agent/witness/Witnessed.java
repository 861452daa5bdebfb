package io.fairlead.agent.witness;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fairlead.agent.kernel.RecordLog;
import io.fairlead.statements.Checkpoint;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies in a witness file, for a person: read beside the agent that writes it. */
public final class Witnessed {
    private final Map<String, List<byte[]>> certificates = new HashMap<>();
    private final List<KeptCheckpoint> kept = new ArrayList<>();

    private Witnessed() {}

    /** Reads a file, without touching it. */
    public static Witnessed in(Path file) throws IOException {
        Witnessed all = new Witnessed();
        RecordLog.look(file, record -> WitnessRecord.read(record, all.certificates, all.kept));
        return all;
    }

    /**
     * One of them.
     *
     * @param contradicting whether it does not fit what was kept before it
     * @param line as {@code fairlead audit verify --witness} reads it: a JSON object with the statement, its signature and
     *     the certificates, the last two in base64
     */
    public record Line(Checkpoint checkpoint, boolean contradicting, String line) {}

    /** All of them, in the order in which they came. */
    public List<Line> lines() {
        return kept.stream()
                .map(one -> new Line(one.checkpoint(), one.contradicting(), json(one)))
                .toList();
    }

    private String json(KeptCheckpoint one) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("checkpoint", new String(one.statement(), StandardCharsets.US_ASCII));
            json.writeBinaryField("signature", one.signature());
            json.writeArrayFieldStart("certificates");
            for (byte[] certificate : certificates.getOrDefault(one.checkpoint().keyId(), List.of())) {
                json.writeBinary(certificate);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("a string takes every text", impossible);
        }
        return text.toString();
    }
}
