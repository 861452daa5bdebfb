package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.Durable;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that the enterprise cannot read, each a file {@code EPOCH-SEQUENCE.xml} for whoever looks into it. The newest
 * hundred are kept (6 MB at most).
 */
public final class SetAside {
    static final int MOST_FILES = 100;
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

    private final Path folder;
    private final Documents documents;
    private final LocalAudit audit;
    private long count;

    public SetAside(Path folder, Documents documents, LocalAudit audit) {
        this.folder = folder;
        this.documents = documents;
        this.audit = audit;
    }

    /** @throws IOException when it is not on disk; the message must stay in the spool then */
    void keep(String epoch, StatusMessage message, String fault) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(String.format("%s-%019d.xml", epoch, message.getSequence()));
        new Durable(file).replace(documents.write(message));
        count++;
        LOG.warn("report=set-aside sequence={} fault={} count={}", message.getSequence(), fault, count);
        audit.record(LocalAuditCode.REPORT_SET_ASIDE, "sequence", message.getSequence(), "fault", fault, "file", file);
        makeRoom();
    }

    /** Messages set aside since the start. */
    public long count() {
        return count;
    }

    private void makeRoom() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".xml"))
                    .sorted((a, b) ->
                            Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
                    .toList();
        }
        for (Path oldest : files.subList(0, Math.max(0, files.size() - MOST_FILES))) {
            Files.deleteIfExists(oldest);
        }
    }
}
