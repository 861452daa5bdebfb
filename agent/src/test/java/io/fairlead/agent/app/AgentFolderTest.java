package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.Host;
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

    private String modeOnceClaimed(String name) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (AgentFolder claimed = AgentFolder.claim(data, Host.ofThisSystem())) {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(claimed.data()));
        }
    }
}
