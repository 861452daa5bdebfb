package io.fairlead.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    Path folder;

    @Test
    void nobody_else_in_the_agent_asks_which_system_this_is() throws IOException {
        Pattern asks = Pattern.compile("\"os\\.name\"|AclFileAttributeView");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> asking = new ArrayList<>();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (asks.matcher(Files.readString(file)).find()) {
                    asking.add(file);
                }
            }
            assertThat(asking)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file.toString()).contains("/agent/host/"));
        }
    }

    @Test
    void a_secret_comes_back_and_is_not_taken_from_a_file_that_others_can_read() throws IOException {
        SecretFile secret = new Posix().secret(folder.resolve("proxy"));
        assertThat(secret.read()).isEmpty();

        secret.keep("grüße".getBytes(StandardCharsets.UTF_8));

        assertThat(secret.read())
                .hasValueSatisfying(bytes ->
                        assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo("grüße"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("proxy")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Path opened =
                Files.setPosixFilePermissions(folder.resolve("proxy"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(secret::read).hasMessageContaining("chmod 600 " + opened);
    }

    @Test
    void a_folder_is_made_for_this_account_alone() throws IOException {
        Host host = new Posix();

        host.makePrivate(folder.resolve("own"));
        host.makePrivate(folder.resolve("own"));

        assertThat(Files.getPosixFilePermissions(folder.resolve("own")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void the_memory_of_this_process_is_told_in_bytes() {
        assertThat(new Posix().memory().orElseThrow()).isBetween(10_000_000L, 10_000_000_000L);
    }

    @Test
    void what_is_published_can_be_read_by_all_and_takes_the_place_of_what_was() throws IOException {
        Path file = folder.resolve("notice");
        new Posix().publish(file, new byte[] {1});
        new Posix().publish(file, new byte[] {2, 3});

        assertThat(file).hasBinaryContent(new byte[] {2, 3});
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void notices_lie_where_the_service_says() {
        assertThat(new Posix().notices(folder)).isEmpty();
        assertThat(new Posix().notices(Path.of("/var/lib/fairlead-agent"))).contains(Path.of("/run/fairlead-agent"));
        assertThat(new Windows(Map.of("ProgramData", "/pd")).notices(Path.of("/pd/Fairlead/agent")))
                .contains(Path.of("/pd/Fairlead/status"));
    }

    @Test
    void the_priority_is_told_in_words() {
        assertThat(new Posix().priority()).matches("nice -?\\d+, (below |above )?normal");
    }

    @Test
    void on_windows_a_secret_is_never_an_argument() {
        assertThat(WindowsSecret.command("Protect")).last().asString().contains("In.ReadToEnd()", "::Protect(");
    }

    @Test
    void on_windows_whoever_does_not_stand_above_the_account_counts_as_the_account() {
        Path site = folder.resolve("site.conf");
        List<AclEntry> entries = List.of(
                entry("BUILTIN\\Administrators", AclEntryType.ALLOW, AclEntryPermission.WRITE_DATA),
                entry("BUILTIN\\Users", AclEntryType.ALLOW, AclEntryPermission.READ_DATA),
                entry("Everyone", AclEntryType.DENY, AclEntryPermission.WRITE_DATA));
        Set<AclEntryPermission> writing = Set.of(AclEntryPermission.WRITE_DATA, AclEntryPermission.WRITE_ACL);

        assertThat(NtfsAccess.listed(site, entries, writing)).isEmpty();
        List<AclEntry> more = new ArrayList<>(entries);
        more.add(entry("BUILTIN\\Users", AclEntryType.ALLOW, AclEntryPermission.WRITE_ACL));
        assertThat(NtfsAccess.listed(site, more, writing))
                .hasValueSatisfying(why -> assertThat(why).contains("BUILTIN\\Users"));
    }

    private static AclEntry entry(String who, AclEntryType type, AclEntryPermission permission) {
        UserPrincipal principal = () -> who;
        return AclEntry.newBuilder()
                .setPrincipal(principal)
                .setType(type)
                .setPermissions(permission)
                .build();
    }
}
