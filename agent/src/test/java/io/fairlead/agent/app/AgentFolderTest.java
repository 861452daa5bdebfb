package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.kernel.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class AgentFolderTest {
    @TempDir
    private Path folder;

    @Test
    void a_data_folder_that_others_can_read_is_closed_to_them_and_a_foreign_folder_stays_as_it_is() throws Exception {
        assertThat(modeOnceClaimed("empty")).isEqualTo("rwx------");
        Files.createDirectories(folder.resolve("used/identity"));
        assertThat(modeOnceClaimed("used")).isEqualTo("rwx------");
        Files.createDirectories(folder.resolve("foreign/other"));
        assertThat(modeOnceClaimed("foreign")).isEqualTo("rwxr-xr-x");
    }

    @Test
    void what_lies_in_it_is_closed_as_well_and_a_second_claim_does_not_shut_out_the_approvers_of_the_first()
            throws Exception {
        Path data = Files.createDirectories(folder.resolve("shared"));
        Path identity = Files.createDirectories(data.resolve("identity"));
        Path file = Files.writeString(data.resolve("file"), "for nobody");
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        try (AgentFolder first = AgentFolder.claim(data, Host.ofThisSystem())) {
            assertThat(mode(identity)).isEqualTo("rwx------");
            assertThat(mode(file)).isEqualTo("rw-------");
            Files.setPosixFilePermissions(first.data(), PosixFilePermissions.fromString("rwx--x---"));

            assertThatThrownBy(() -> AgentFolder.claim(data, Host.ofThisSystem()))
                    .isInstanceOf(CannotStart.class);
            assertThat(mode(data)).isEqualTo("rwx--x---");
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private String modeOnceClaimed(String name) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (AgentFolder claimed = AgentFolder.claim(data, Host.ofThisSystem())) {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(claimed.data()));
        }
    }
}
