package io.fairlead.agent.file;

import io.fairlead.contract.agent.TransferOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * One file's way, as it is kept on disk.
 *
 * <pre>
 *   ASKING ──yes──▶ BEGUN ──content and its SHA-256 are fixed──▶ OFFERED ──all sent──▶ (forgotten)
 *     │               └────all fetched──▶ PLACING ──placed──▶ ENDED
 *     └──no──▶ ENDED ◀──refused, failed, cancelled── any                 ENDED ──the enterprise knows──▶ (forgotten)
 * </pre>
 *
 * @param id 32 hexadecimal digits, made by the enterprise
 * @param root the root in which the file lies or is to lie; empty for a package
 * @param path from the root to it; for a package its name
 * @param size in bytes; of an upload only a first look until it is offered
 * @param sha256 64 hexadecimal digits; of an upload empty until it is offered
 * @param sealed whether the content is sealed for the customer's own key
 * @param prepared whether the bytes are a content of this room's own, and not those in the root
 * @param again whether all bytes were once found wrong: a second time ends it
 * @param by who asks, as the order says; plain text, may be empty
 * @param reason why, as the order says; plain text, may be empty
 */
public record Transfer(
        String id,
        Way way,
        String root,
        String path,
        long size,
        String sha256,
        boolean sealed,
        boolean prepared,
        boolean again,
        String by,
        String reason,
        Instant begun,
        Phase phase,
        Optional<End> end) {

    /** Where the bytes go, and what they are. */
    public enum Way {
        UPLOAD("upload"),
        RECEIVE("receive"),
        PACKAGE("package");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        /** As {@code site.conf} and people call it. */
        public String word() {
            return word;
        }
    }

    /** How far it is. */
    public enum Phase {
        ASKING,
        BEGUN,
        OFFERED,
        PLACING,
        ENDED
    }

    /** How it ended; the detail is plain text. */
    public record End(TransferOutcome outcome, String detail) {}

    public Transfer {
        if (!isId(id) || size < 0 || (phase == Phase.ENDED) != end.isPresent()) {
            throw new IllegalArgumentException("transfer " + id + " " + phase + " " + size);
        }
    }

    static boolean isId(String text) {
        return text.matches("[0-9a-f]{32}");
    }

    /** What people call the file: its name without folders. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Transfer in(Phase next) {
        return new Transfer(
                id, way, root, path, size, sha256, sealed, prepared, again, by, reason, begun, next, Optional.empty());
    }

    Transfer offered(long bytes, String digest, boolean cms, boolean own) {
        return new Transfer(
                id,
                way,
                root,
                path,
                bytes,
                digest,
                cms,
                own,
                again,
                by,
                reason,
                begun,
                Phase.OFFERED,
                Optional.empty());
    }

    Transfer fromTheStart() {
        Phase start = way == Way.RECEIVE ? Phase.BEGUN : Phase.OFFERED;
        return new Transfer(
                id, way, root, path, size, sha256, sealed, prepared, true, by, reason, begun, start, Optional.empty());
    }

    Transfer ended(TransferOutcome outcome, String detail) {
        return new Transfer(
                id,
                way,
                root,
                path,
                size,
                sha256,
                sealed,
                prepared,
                again,
                by,
                reason,
                begun,
                Phase.ENDED,
                Optional.of(new End(outcome, detail)));
    }
}
