package io.fairlead.enterprise.file;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that wrap the keys of blobs, AES-256, in {@code DATA/secrets/blob.keys}: a line {@code ID KEY} each, 32 and 64
 * hexadecimal digits, the newest last. The newest wraps; the others unwrap what they wrapped.
 */
public final class BlobKeys {
    static final String FILE = "blob.keys";

    private static final int ID_LENGTH = 32;
    private static final int KEY_LENGTH = 64;

    private final Map<String, SecretKey> byId;
    private final String newest;

    private BlobKeys(Map<String, SecretKey> byId, String newest) {
        this.byId = byId;
        this.newest = newest;
    }

    /**
     * Reads them, or makes the first. Blocks.
     *
     * @param blobs whether there are blobs already: without their keys nobody could ever read them
     * @throws CannotStart when the file cannot be read, or is missing although there are blobs
     */
    public static BlobKeys open(DataFolder folder, boolean blobs, SecureRandom random) {
        if (folder.readText(FILE).isEmpty()) {
            if (blobs) {
                throw new CannotStart("The key of the files in " + folder.path().resolve("blobs") + " is missing: "
                        + folder.secretPath(FILE) + ". Restore it from a backup, or move that folder away.");
            }
            byte[] made = new byte[48];
            random.nextBytes(made);
            String line =
                    HexFormat.of().formatHex(made, 0, 16) + " " + HexFormat.of().formatHex(made, 16, 48) + "\n";
            folder.writeSecret(FILE, line.getBytes(StandardCharsets.US_ASCII));
        }
        return parse(folder);
    }

    private static BlobKeys parse(DataFolder folder) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String newest = "";
        for (String line : folder.readText(FILE).orElse("").lines().toList()) {
            if (!line.matches("[0-9a-f]{" + ID_LENGTH + "} [0-9a-f]{" + KEY_LENGTH + "}")) {
                throw new CannotStart("The secret " + folder.secretPath(FILE) + " has a line that is no key.");
            }
            newest = line.substring(0, ID_LENGTH);
            keys.put(newest, new SecretKeySpec(HexFormat.of().parseHex(line, ID_LENGTH + 1, line.length()), "AES"));
        }
        return new BlobKeys(keys, newest);
    }

    String newest() {
        return newest;
    }

    /** Null when it is not known here. */
    @Nullable
    SecretKey find(String id) {
        return byId.get(id);
    }
}
