package io.fairlead.agent.witness;

import io.fairlead.statements.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the file keeps things; numbers are big endian.
 *
 * <pre>
 *   key's certificates  01 · key (UTF, length in 2 bytes) · count (1) · count × (length (4) · DER)
 *   checkpoint          02 · length (4) · statement · length (4) · signature
 *   contradicting one   03 · as 02
 * </pre>
 *
 * The certificates of a key stand before its first checkpoint.
 */
final class WitnessRecord {
    private static final int CERTIFICATES = 1;
    private static final int CHECKPOINT = 2;
    private static final int CONTRADICTING = 3;

    private WitnessRecord() {}

    static byte[] of(String key, List<byte[]> certificates) {
        return written(out -> {
            out.writeByte(CERTIFICATES);
            out.writeUTF(key);
            out.writeByte(certificates.size());
            for (byte[] one : certificates) {
                bytes(out, one);
            }
        });
    }

    static byte[] of(KeptCheckpoint kept) {
        return written(out -> {
            out.writeByte(kept.contradicting() ? CONTRADICTING : CHECKPOINT);
            bytes(out, kept.statement());
            bytes(out, kept.signature());
        });
    }

    /** Reads a record into what it belongs to; what a later version wrote is passed over. */
    static void read(byte[] record, Map<String, List<byte[]>> certificates, List<KeptCheckpoint> kept)
            throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        int kind = in.readByte();
        if (kind == CERTIFICATES) {
            String key = in.readUTF();
            int count = in.readByte();
            List<byte[]> chain = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                chain.add(bytes(in));
            }
            List<byte[]> unusedBefore = certificates.put(key, chain);
        } else if (kind == CHECKPOINT || kind == CONTRADICTING) {
            byte[] statement = bytes(in);
            byte[] signature = bytes(in);
            Optional<Checkpoint> checkpoint = Checkpoint.of(statement);
            checkpoint.ifPresent(one -> kept.add(new KeptCheckpoint(one, statement, signature, kind == CONTRADICTING)));
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a record of the witness is shorter than it says");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
