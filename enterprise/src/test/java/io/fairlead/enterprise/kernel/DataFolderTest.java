package io.fairlead.enterprise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    @TempDir
    Path temporary;

    @Test
    void secrets_are_for_us_alone_and_read_back() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("a/b/data"));

        folder.writeSecret("key", new byte[] {1, 2, 3});
        folder.writeSecret("key", new byte[] {4, 5});

        assertThat(folder.readSecret("key")).hasValue(new byte[] {4, 5});
        assertThat(folder.readSecret("other")).isEmpty();
        assertThat(mode(folder.path().resolve("secrets"))).isEqualTo("rwx------");
        assertThat(mode(folder.secretPath("key"))).isEqualTo("rw-------");
        try (var files = Files.list(folder.path().resolve("secrets"))) {
            assertThat(files).containsExactly(folder.secretPath("key"));
        }
    }

    @Test
    void a_password_is_made_once_and_kept() {
        Path path = temporary.resolve("data");
        String made = new DataFolder(path).password("role.password");

        assertThat(made).matches("[0-9a-f]{32}");
        assertThat(new DataFolder(path).password("role.password")).isEqualTo(made);
        assertThat(new DataFolder(path).password("other.password")).isNotEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx---r-x", "rwxr-x---", "rwx--x--x"})
    void a_secrets_folder_that_others_can_enter_is_refused(String mode) throws Exception {
        Path path = temporary.resolve("data");
        Path secrets = new DataFolder(path).secretPath("x").getParent();
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> new DataFolder(path))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Other users can get at " + secrets)
                .hasMessageContaining("chmod go= '" + secrets + "'");
    }

    @Test
    void a_secret_that_others_can_read_is_refused() throws Exception {
        DataFolder folder = new DataFolder(temporary.resolve("data"));
        folder.writeSecret("key", new byte[] {1});
        Files.setPosixFilePermissions(folder.secretPath("key"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> folder.readSecret("key"))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(folder.secretPath("key").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../key", "a/b", "/etc/passwd", "", "."})
    void a_secret_lies_directly_in_its_folder(String name) {
        DataFolder folder = new DataFolder(temporary.resolve("data"));

        assertThatThrownBy(() -> folder.readSecret(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_file_in_the_way_is_named() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> new DataFolder(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file + " is in the way");
        assertThatThrownBy(() -> new DataFolder(file.resolve("data")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString());
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
