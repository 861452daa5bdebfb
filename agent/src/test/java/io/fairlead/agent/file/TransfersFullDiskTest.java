package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.await;
import static io.fairlead.agent.file.FilesRig.done;
import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.random;
import static io.fairlead.agent.file.FilesRig.receive;
import static io.fairlead.agent.file.FilesRig.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.host.SmallDisk;
import io.fairlead.agent.kernel.StorageFailure;
import io.fairlead.contract.agent.TransferOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full to the last byte, whatever the floor hoped: transfers wait for room and lose nothing. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransfersFullDiskTest {
    private static final int CHUNK = 131_072;

    @TempDir
    private Path folder;

    private FilesEnterprise enterprise;
    private FilesRig rig;
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), 16);
        enterprise = new FilesEnterprise(folder);
        rig = new FilesRig(folder.resolve("disk"));
        Files.writeString(rig.out.resolve("log"), "a line");
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            enterprise.close();
            disk.close();
        }
    }

    @Test
    void a_download_waits_for_room_and_goes_on_where_it_was() throws Exception {
        byte[] content = random(24 * CHUNK);
        enterprise.downloads.put(id(1), content);
        enterprise.trouble = exchange -> {
            if (enterprise.bytesOut.get() == 8L * CHUNK) {
                disk.fillTo(0);
            }
            return false;
        };
        try (Transfers transfers =
                rig.transfers(FilesEnterprise.AUTHORITY.identity(enterprise.address(), "device-1"))) {
            transfers.start();
            done(transfers.receive(receive(id(1), "m1", content)));
            await("waiting", () -> transfers.progress().get(0).state().contains("waiting: the disk"));
            assertThatThrownBy(() -> transfers.upload(upload(id(2), "log")))
                    .as("what cannot be written down is not begun")
                    .isInstanceOf(StorageFailure.class);
            assertThat(transfers.progress()).hasSize(1);
            enterprise.trouble = exchange -> false;
            disk.clear();

            await("the end", () -> enterprise.ends.containsKey(id(1)));
        }
        assertThat(enterprise.ends.get(id(1)).getOutcome()).isEqualTo(TransferOutcome.DONE);
        assertThat(rig.in.resolve("m1")).hasBinaryContent(content);
        assertThat(rig.in.toFile().list()).containsExactly("m1");
        assertThat(enterprise.bytesOut.get()).isLessThanOrEqualTo(24L * CHUNK + 10L * CHUNK);
    }
}
