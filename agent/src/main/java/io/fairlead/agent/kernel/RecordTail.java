package io.fairlead.agent.kernel;

import java.nio.ByteBuffer;

/**
 * Judges what stands behind the last good record: what a power cut leaves, or what someone altered. A cut leaves a
 * beginning of a record, or a record some of whose 512-byte sectors never came to the disk and read as zeros. Anything
 * else that fails its checksum was whole once and was acknowledged; it must not be forgotten as if it had never been.
 */
final class RecordTail {
    private static final int SECTOR = 512;

    private final byte[] bytes;
    private final int at;

    RecordTail(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    RecordLog.Found judge() {
        int rest = bytes.length - at;
        if (rest == 0) {
            return RecordLog.Found.WHOLE;
        }
        if (goodRecordFollows()) {
            return RecordLog.Found.DAMAGED;
        }
        return torn(rest) ? RecordLog.Found.TORN : RecordLog.Found.DAMAGED;
    }

    private boolean torn(int rest) {
        if (rest < RecordLog.HEAD) {
            return true;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, at, RecordLog.HEAD);
        int length = head.getInt();
        int crc = head.getInt();
        if (zerosIn(at, bytes.length)) {
            return true;
        }
        if (length < 1 || length > RecordLog.MAX_RECORD || length <= rest - RecordLog.HEAD) {
            return false;
        }
        // The record says that it is longer than what is there. If what is there is whole, the length was altered.
        return rest == RecordLog.HEAD || crc != RecordLog.crc(bytes, at + RecordLog.HEAD, rest - RecordLog.HEAD);
    }

    /** Whether a sector, or the tail's part of one, has nothing but zeros. */
    private boolean zerosIn(int from, int to) {
        int start = from;
        while (start < to) {
            int end = Math.min(to, (start / SECTOR + 1) * SECTOR);
            if (zeros(start, end)) {
                return true;
            }
            start = end;
        }
        return false;
    }

    private boolean zeros(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean goodRecordFollows() {
        for (int i = at + 1; i < bytes.length - RecordLog.HEAD; i++) {
            if (RecordLog.goodAt(bytes, i) > 0) {
                return true;
            }
        }
        return false;
    }
}
