package io.fairlead.agent.file;

import static io.fairlead.agent.file.FilesRig.done;
import static io.fairlead.agent.file.FilesRig.id;
import static io.fairlead.agent.file.FilesRig.random;
import static io.fairlead.agent.file.FilesRig.receive;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.Disks;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.TransferOutcome;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that come, over real TLS, from an order to the file in its place. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceivesTest {
    private static final int CHUNK = TransfersRig.CHUNK;

    @TempDir
    private Path folder;

    private TransfersRig all;
    private FilesEnterprise enterprise;
    private FilesRig rig;

    @BeforeEach
    void open() throws Exception {
        all = new TransfersRig(folder);
        enterprise = all.enterprise;
        rig = all.rig;
    }

    @AfterEach
    void close() {
        all.close();
    }

    @Test
    void a_file_comes_to_its_place_whole_and_never_over_another() throws Exception {
        byte[] content = random(2 * CHUNK + 1);
        enterprise.downloads.put(id(1), content);
        Files.createDirectory(rig.in.resolve("methods"));
        done(all.start().receive(receive(id(1), "methods/m1.bin", content)));

        all.placed(1, "methods/m1.bin", content);
        assertThat(enterprise.ends.get(id(1)).getDetail()).isEqualTo("placed as methods/m1.bin");

        Handled second = all.transfers().receive(receive(id(2), "methods/m1.bin", random(3)));
        assertThat(second.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(second.detail()).contains("there is already a file methods/m1.bin");
        assertThat(rig.in.resolve("methods/m1.bin")).hasBinaryContent(content);
    }

    @Test
    void a_name_taken_meanwhile_is_left_as_it_is() throws Exception {
        byte[] content = random(2 * CHUNK);
        enterprise.downloads.put(id(1), content);
        enterprise.trouble = exchange -> {
            Files.writeString(rig.in.resolve("m1"), "the instrument's own");
            return false;
        };
        done(all.start().receive(receive(id(1), "m1", content)));

        all.ended(1, TransferOutcome.FAILED, "already a file m1");
        assertThat(rig.in.resolve("m1")).hasContent("the instrument's own");
        assertThat(rig.in.toFile().list()).containsExactly("m1");
    }

    @Test
    void wrong_bytes_are_fetched_once_more_and_never_placed() throws Exception {
        byte[] content = random(2 * CHUNK);
        byte[] wrong = content.clone();
        wrong[7]++;
        enterprise.downloads.put(id(1), wrong);
        done(all.start().receive(receive(id(1), "m1", content)));

        all.ended(1, TransferOutcome.FAILED, "wrong, twice");
        assertThat(enterprise.bytesOut).hasValue(4L * CHUNK);
        assertThat(rig.in).isEmptyDirectory();
    }

    @Test
    void a_disk_at_its_floor_refuses_what_is_new_and_lets_what_was_begun_wait() throws Exception {
        byte[] content = random(4 * CHUNK);
        enterprise.downloads.put(id(1), content);
        all.start();
        rig.disks = path -> new Disks.Space(1L << 40, 6 * CHUNK);
        assertThat(all.transfers().receive(receive(id(1), "m1", content)).detail())
                .contains("stays free");

        rig.disks = path -> new Disks.Space(1L << 40, 1L << 39);
        enterprise.trouble = exchange -> {
            rig.disks = path -> new Disks.Space(1L << 40, 0);
            return false;
        };
        done(all.transfers().receive(receive(id(1), "m1", content)));
        FilesRig.await(
                "waiting", () -> all.transfers().progress().get(0).state().contains("the disk is full"));
        assertThat(all.transfers().progress().get(0).done()).isEqualTo(CHUNK);
        all.stop();
        enterprise.trouble = exchange -> false;
        rig.disks = path -> new Disks.Space(1L << 40, 1L << 39);

        all.start();
        all.placed(1, "m1", content);
        assertThat(enterprise.bytesOut).hasValue(4L * CHUNK);
    }

    @Test
    void what_is_on_its_way_is_for_the_agent_alone_and_what_is_placed_for_whom_its_folder_is() throws Exception {
        byte[] content = random(3 * CHUNK);
        enterprise.downloads.put(id(1), content);
        Set<String> seen = new TreeSet<>();
        enterprise.trouble = exchange -> {
            try (Stream<Path> all = Files.walk(rig.data)) {
                for (Path each : all.toList()) {
                    seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
                }
            }
            return false;
        };
        for (String mode : List.of("rwxrwxr-x", "rwxr-x---", "rwx------")) {
            Path folder = Files.createDirectory(rig.in.resolve(mode));
            Path shared = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
            try (SeekableByteChannel hidden = Files.newByteChannel(
                    shared.resolve("hidden"),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                assertThat(hidden.isOpen()).isTrue();
            }
            try (Walk.Folder open = Walk.ofSystem().open(rig.in, List.of(mode))) {
                open.share("hidden");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("hidden"))))
                    .isEqualTo(mode.replace("x", "-"));
        }
        all.start();
        done(all.transfers().receive(receive(id(1), "down", content)));
        all.placed(1, "down", content);
        assertThat(seen).containsExactly("rw-------", "rwx------");
    }
}
