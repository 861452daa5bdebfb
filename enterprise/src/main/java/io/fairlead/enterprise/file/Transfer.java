package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One file's way, as people see it.
 *
 * @param asked the path that was asked for, or the name under which the device is to place it; empty for a package
 * @param offer null until the device has offered a file; that of a file for the device is there from the start
 * @param moved bytes that are where they belong
 * @param rate bytes a second as they came lately; 0 when it is not known
 * @param blob under which id the bytes lie; null when there are none
 * @param sequence the instruction that began it
 * @param reason why, empty when none was given
 * @param detail where it was placed, or why it ended so
 */
public record Transfer(
        TransferId id,
        DeviceId device,
        Direction direction,
        String asked,
        @Nullable Offer offer,
        TransferState state,
        long moved,
        long rate,
        @Nullable String blob,
        int restarts,
        long sequence,
        String requestedBy,
        String reason,
        @Nullable String detail,
        Instant requestedAt,
        @Nullable Instant begunAt,
        @Nullable Instant movedAt,
        @Nullable Instant endedAt) {
    private static final Duration LATELY = Duration.ofSeconds(60);

    /** Bytes a second now; 0 when none came lately. */
    public long rateAt(Instant now) {
        boolean lately = movedAt != null && Duration.between(movedAt, now).compareTo(LATELY) < 0;
        return state == TransferState.RUNNING && lately ? rate : 0;
    }

    /** The rate after so many more bytes: the newest counts a fifth, and what came before a pause nothing. */
    long rateWith(long bytes, Instant now) {
        if (movedAt == null) {
            return 0;
        }
        Duration since = Duration.between(movedAt, now);
        if (since.compareTo(LATELY) > 0) {
            return 0;
        }
        long newest = Math.max(0, bytes) * 1_000 / Math.max(1, since.toMillis());
        return rate == 0 ? newest : (4 * rate + newest) / 5;
    }

    /** Whether all bytes of a device's file are here, right or not. */
    boolean isWhole() {
        return direction.isUp() && state == TransferState.RUNNING && offer != null && moved == offer.size();
    }

    /** Whether its bytes are here to be read. */
    public boolean isReadable() {
        return blob != null && (state == TransferState.DONE || direction == Direction.RECEIVE);
    }

    /** Ended otherwise than well. Half a file of a device is of no use to anybody, and is not kept. */
    Transfer ended(TransferState how, String why, Instant now) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                offer,
                moved(how),
                moved,
                rate,
                direction.isUp() ? null : blob,
                restarts,
                sequence,
                requestedBy,
                reason,
                why,
                requestedAt,
                begunAt,
                movedAt,
                now);
    }

    /** With another word on how it ended. */
    Transfer noted(String why) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                offer,
                state,
                moved,
                rate,
                blob,
                restarts,
                sequence,
                requestedBy,
                reason,
                why,
                requestedAt,
                begunAt,
                movedAt,
                endedAt);
    }

    private TransferState moved(TransferState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("transfer=" + id + " cannot go from " + state + " to " + next);
        }
        return next;
    }

    /** With a file to come, from its first byte. */
    Transfer offered(Offer file, String freshBlob, int restarted) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                file,
                moved(TransferState.OFFERED),
                0,
                0,
                freshBlob,
                restarted,
                sequence,
                requestedBy,
                reason,
                detail,
                requestedAt,
                null,
                null,
                null);
    }

    /** With bytes up to an offset. */
    Transfer to(long offset, Instant now) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                offer,
                moved(TransferState.RUNNING),
                offset,
                rateWith(offset - moved, now),
                blob,
                restarts,
                sequence,
                requestedBy,
                reason,
                detail,
                requestedAt,
                begunAt == null ? now : begunAt,
                now,
                null);
    }

    /** With its bytes to be sent once more, all of them. */
    Transfer again(String freshBlob, Instant now) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                offer,
                moved(TransferState.RUNNING),
                0,
                0,
                freshBlob,
                restarts + 1,
                sequence,
                requestedBy,
                reason,
                detail,
                requestedAt,
                begunAt,
                now,
                null);
    }

    /** With all its bytes where they belong. */
    Transfer done(@Nullable String where, Instant now) {
        return new Transfer(
                id,
                device,
                direction,
                asked,
                offer,
                moved(TransferState.DONE),
                offer == null ? moved : offer.size(),
                rate,
                blob,
                restarts,
                sequence,
                requestedBy,
                reason,
                where,
                requestedAt,
                begunAt == null ? now : begunAt,
                now,
                now);
    }
}
