package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
    @TempDir
    Path folder;

    @Test
    void content_is_replaced_and_only_the_owner_reads_it() throws IOException {
        Durable durable = new Durable(folder.resolve("token"));
        assertThat(durable.read()).isEmpty();
        durable.replace(new byte[] {1});
        durable.replace(new byte[] {2, 3});
        assertThat(durable.read()).contains(new byte[] {2, 3});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(durable.file())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(durable.file());
        }
    }

    @Test
    void what_is_deleted_is_gone_and_deleting_again_is_no_error() throws IOException {
        Durable durable = new Durable(folder.resolve("token"));
        durable.replace(new byte[] {1});
        durable.delete();
        durable.delete();
        assertThat(durable.read()).isEmpty();
    }

    @Test
    void a_draft_left_by_a_power_cut_is_no_obstacle() throws IOException {
        Files.writeString(folder.resolve("token.tmp"), "half");
        Durable durable = new Durable(folder.resolve("token"));
        assertThat(durable.read()).isEmpty();
        durable.replace(new byte[] {1});
        assertThat(durable.read()).contains(new byte[] {1});
        assertThat(folder.resolve("token.tmp")).doesNotExist();
    }

    @Test
    void what_cannot_be_replaced_stands_and_the_error_names_the_file() throws IOException {
        Path file = folder.resolve("token");
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> new Durable(file).replace(new byte[] {1}))
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining(file.toString());
        assertThat(file.resolve("in the way")).exists();
        assertThat(folder.resolve("token.tmp")).doesNotExist();
    }
}
