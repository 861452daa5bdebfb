package io.fairlead.enterprise.file;

import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store off the event loop, and its failures in words of ours. */
final class Blobs {
    private static final Logger LOG = LoggerFactory.getLogger(Blobs.class);

    /** Writers at a time: each holds a database connection and forces the disk. */
    private static final int WRITERS = 4;

    private static final int DIGESTS = 2;

    private final BlobStore store;
    private final Blocking blocking;
    private final Turns writers = new Turns(WRITERS);
    private final Turns digests = new Turns(DIGESTS);

    Blobs(BlobStore store, Blocking blocking) {
        this.store = store;
        this.blocking = blocking;
    }

    /** The line in which those wait who want to write. */
    Turns writers() {
        return writers;
    }

    /** As {@link BlobStore#append}; a full disk is Refusal(STORAGE_FULL). */
    Future<Long> append(String blob, long offset, byte[] bytes, boolean last) {
        return blocking.call(() -> store.append(blob, offset, bytes, last))
                .recover(failure -> Future.failedFuture(isFull(failure) ? full(failure) : failure));
    }

    /** As {@link BlobStore#touch}. */
    Future<Boolean> touch(String blob) {
        return blocking.call(() -> store.touch(blob));
    }

    Future<Void> mustHaveRoom(long bytes) {
        return blocking.call(() -> {
            store.mustHaveRoom(bytes);
            return null;
        });
    }

    Future<byte[]> read(String blob, long offset, int most) {
        return blocking.call(() -> {
            try (BlobStore.Reader reader = store.open(blob)) {
                return reader.read(offset, most);
            }
        });
    }

    /** SHA-256 of a whole blob, 64 hexadecimal digits; empty when it is damaged. */
    Future<String> digest(String blob, long size) {
        return digests.take(() -> blocking.call(() -> {
            try {
                return digestNow(blob, size);
            } catch (BlobDamaged damaged) {
                LOG.error("blob={} damaged", blob, damaged);
                return "";
            }
        }));
    }

    private String digestNow(String blob, long size) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (BlobStore.Reader reader = store.open(blob)) {
            long offset = 0;
            // To the very end: the store looks there for what should not be.
            for (byte[] bytes = reader.read(0, BlobStore.CHUNK);
                    bytes.length > 0;
                    bytes = reader.read(offset, BlobStore.CHUNK)) {
                digest.update(bytes);
                offset += bytes.length;
            }
            if (offset != size) {
                throw new BlobDamaged(blob, "has " + offset + " bytes, not " + size);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Deletes what nothing refers to any more. When that fails, retention finds it later. */
    void forget(@Nullable String blob) {
        if (blob != null) {
            blocking.call(() -> {
                        store.delete(blob);
                        return blob;
                    })
                    .onFailure(failure -> LOG.warn("blob={} not deleted", blob, failure));
        }
    }

    private static boolean isFull(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof IOException
                && (message.contains("no space left")
                        || message.contains("not enough space")
                        || message.contains("quota exceeded"));
    }

    private static Refusal full(Throwable failure) {
        LOG.warn("blobs=disk-full error=\"{}\"", failure.getMessage());
        return new Refusal(Fault.STORAGE_FULL, "the disk is full", failure);
    }
}
