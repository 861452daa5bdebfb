package io.fairlead.enterprise.identity;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is on record about the identity of a device, for people to look at. Who may, is asked by whoever calls. */
public final class IdentityRecords {
    private final Database database;
    private final IdentityRecordStore store = new IdentityRecordStore();

    public IdentityRecords(Database database) {
        this.database = database;
    }

    /**
     * An identity as far as it is on record.
     *
     * @param enrolledAt null when the device was never enrolled
     * @param anchors the number of the authorities that its agent last said it trusts; null before it said any
     * @param anchorsAt when it said so
     * @param certificates the newest first, 20 at most
     */
    public record IdentityRecord(
            @Nullable Instant enrolledAt,
            @Nullable Long anchors,
            @Nullable Instant anchorsAt,
            List<IssuedCertificate> certificates) {}

    public Future<IdentityRecord> of(String device) {
        return store.find(database, device);
    }
}
