package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Transfers as the agent's own, between an enterprise and the folders of a site. */
final class TransfersRig implements AutoCloseable {
    static final int CHUNK = 131_072;

    final FilesEnterprise enterprise;
    final FilesRig rig;
    private final Path folder;
    private @Nullable Transfers transfers;

    TransfersRig(Path folder) throws Exception {
        this.folder = folder;
        this.enterprise = new FilesEnterprise(folder);
        this.rig = new FilesRig(folder);
    }

    Transfers start() throws IOException {
        Transfers started = rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"));
        started.start();
        transfers = started;
        return started;
    }

    Transfers transfers() {
        return Objects.requireNonNull(transfers);
    }

    void stop() {
        if (transfers != null) {
            transfers.close();
        }
    }

    byte[] file(String name, int length) throws IOException {
        byte[] content = random(length);
        Path file = rig.out.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return content;
    }

    void arrived(int id, byte[] content) throws Exception {
        FilesRig.await("complete " + id, () -> {
            FilesEnterprise.Upload upload = enterprise.uploads.get(id(id));
            return upload != null && upload.complete;
        });
        if (content.length > 0) {
            assertThat(enterprise.uploads.get(id(id)).file).hasBinaryContent(content);
        }
    }

    void placed(int id, String name, byte[] content) throws Exception {
        ended(id, TransferOutcome.DONE, "placed as " + name);
        assertThat(rig.in.resolve(name)).hasBinaryContent(content);
        try (Stream<Path> files = Files.walk(rig.in)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith(NamePath.OWN));
        }
    }

    void ended(int id, TransferOutcome outcome, String detail) throws InterruptedException {
        FilesRig.await("end of " + id, () -> enterprise.ends.containsKey(id(id)));
        assertThat(enterprise.ends.get(id(id)).getOutcome()).isEqualTo(outcome);
        assertThat(enterprise.ends.get(id(id)).getDetail()).contains(detail);
    }

    String audit() throws IOException {
        return Files.readString(folder.resolve("audit.log"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stop();
        enterprise.close();
    }
}
