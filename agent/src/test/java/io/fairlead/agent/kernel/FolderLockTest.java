package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void a_second_agent_is_kept_out_until_the_first_has_left() throws IOException {
        FolderLock first = FolderLock.take(folder);
        assertThatThrownBy(() -> FolderLock.take(folder)).hasMessage("another agent works in " + folder);
        first.close();
        FolderLock.take(folder).close();
    }
}
