package io.fairlead.agent.app;

import io.fairlead.agent.kernel.AuditEntry;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StatusLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the newest entries of the customer's audit say of instructions; read again only when the file has changed. */
final class RecentAudit {
    private static final int TAIL_BYTES = 128 * 1024;
    private static final int LAST = 5;
    private static final Set<String> ENDS = Set.of(
            LocalAuditCode.INSTRUCTION_FINISHED.code(),
            LocalAuditCode.INSTRUCTION_REFUSED.code(),
            LocalAuditCode.INSTRUCTION_INTERRUPTED.code());
    private static final Set<String> REFUSALS =
            Set.of(LocalAuditCode.INSTRUCTION_REFUSED.code(), LocalAuditCode.INSTRUCTION_FORGED.code());

    private final Path file;
    private long readSize = -1;
    private List<AuditEntry> entries = List.of();

    RecentAudit(Path file) {
        this.file = file;
    }

    /** The last instructions that ended, the newest last. */
    List<StatusLine> instructions(int unfinished) {
        return List.of(
                StatusLine.of(
                        "unfinished", unfinished, unfinished == 0 ? "none waits or runs" : unfinished + " wait or run"),
                last("last", entry -> ENDS.contains(entry.code())));
    }

    /** What was refused lately, and how often. */
    List<StatusLine> refused(long notBelieved) {
        long count = entries().stream()
                .filter(entry -> REFUSALS.contains(entry.code()))
                .count();
        String from = entries().isEmpty() ? "" : " since " + entries().get(0).at();
        return List.of(
                StatusLine.of("count", count, count == 0 ? "nothing" + from : count + from),
                StatusLine.of(
                        "not-believed",
                        notBelieved,
                        notBelieved == 0
                                ? "none since the start"
                                : notBelieved + " since the start: forged or damaged"),
                last("last", entry -> REFUSALS.contains(entry.code())));
    }

    private StatusLine last(String key, Predicate<AuditEntry> wanted) {
        List<String> found =
                entries().stream().filter(wanted).map(AuditText::line).toList();
        List<String> last = found.subList(Math.max(0, found.size() - LAST), found.size());
        return last.isEmpty() ? StatusLine.of(key, last, "none") : StatusLine.of(key, last);
    }

    private synchronized List<AuditEntry> entries() {
        try {
            long size = Files.exists(file) ? Files.size(file) : 0;
            if (size != readSize) {
                entries = tail(size);
                readSize = size;
            }
        } catch (IOException e) {
            entries = List.of();
            readSize = -1;
        }
        return entries;
    }

    private List<AuditEntry> tail(long size) throws IOException {
        if (size == 0) {
            return List.of();
        }
        byte[] bytes = new byte[(int) Math.min(size, TAIL_BYTES)];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(size - bytes.length);
            open.readFully(bytes);
        }
        List<AuditEntry> all = new ArrayList<>();
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = size > bytes.length ? 1 : 0; i < lines.length; i++) {
            AuditEntry.parse(lines[i]).ifPresent(all::add);
        }
        return all;
    }
}
