package io.fairlead.agent.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.agent.host.Account;
import io.fairlead.agent.host.Host;
import io.fairlead.agent.host.PosixAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files here belong to whoever runs the tests; the agent's account is another one, made up, unless the test says so. */
class SiteGuardTest {
    private static final long AGENT = 54_321;
    private static final long AGENTS_GROUP = 54_322;
    private static final Account ACCOUNT =
            new Account(OptionalLong.of(AGENT), Set.of(AGENTS_GROUP), Optional.empty(), "agent");

    @TempDir
    private Path folder;

    private Path etc;
    private Path site;

    @BeforeEach
    void write() throws IOException {
        etc = Files.createDirectory(folder.resolve("etc"));
        site = Files.writeString(etc.resolve("site.conf"), "");
        mode(folder, "rwxr-xr-x");
        mode(etc, "rwxr-xr-x");
        mode(site, "rw-r--r--");
    }

    @Test
    void a_file_out_of_reach_is_trusted() {
        assertThat(judge(ACCOUNT)).isEqualTo(new SiteVerdict.Trusted(""));
    }

    @Test
    void a_missing_file_and_a_folder_in_its_place_are_denied() throws IOException {
        Files.delete(site);
        assertThat(denial(ACCOUNT)).endsWith("site.conf is missing");
        Files.createDirectory(site);
        assertThat(denial(ACCOUNT)).endsWith("site.conf cannot be read");
    }

    @Test
    void what_others_or_the_agents_group_can_write_is_denied() throws IOException {
        mode(site, "rw-r--rw-");
        assertThat(denial(ACCOUNT)).contains("site.conf can be written by the agent's account (mode 646)");

        mode(site, "rw-rw-r--");
        assertThat(judge(ACCOUNT)).isInstanceOf(SiteVerdict.Trusted.class);
        assertThat(denial(account(AGENT, gid(site)))).contains("(mode 664)");
    }

    @Test
    void what_the_agents_account_owns_is_denied_though_it_be_read_only() throws IOException {
        mode(site, "r--r--r--");

        assertThat(denial(account(uid(site), AGENTS_GROUP))).contains("belongs to the agent's account");
    }

    @Test
    void a_folder_on_the_way_that_can_be_written_is_denied() throws IOException {
        mode(etc, "rwxrwxrwx");
        assertThat(denial(ACCOUNT)).contains("etc can be written");

        mode(etc, "rwxr-xr-x");
        mode(folder, "rwxrwxrwx");
        assertThat(denial(ACCOUNT)).contains(folder + " can be written");
    }

    @Test
    void in_a_sticky_folder_only_the_agents_own_entries_are_denied() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);

        assertThat(judge(ACCOUNT)).isInstanceOf(SiteVerdict.Trusted.class);
    }

    @Test
    void an_access_list_that_the_mode_does_not_show_is_denied() {
        SiteGuard guard = new SiteGuard(site, false, ACCOUNT, new PosixAccess(ACCOUNT, path -> path.equals(etc)));

        assertThat(guard.judge().denial())
                .hasValueSatisfying(
                        why -> assertThat(why).endsWith("etc can be written by the agent's account (access list)"));
    }

    @Test
    void a_link_is_judged_at_both_ends() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        mode(open, "rwxrwxrwx");
        Path link = Files.createSymbolicLink(open.resolve("site.conf"), site);
        Path behind = Files.createSymbolicLink(etc.resolve("link.conf"), Path.of("../open/real.conf"));
        Files.writeString(open.resolve("real.conf"), "");
        Path good = Files.createSymbolicLink(etc.resolve("good.conf"), Path.of("site.conf"));
        Path loop = Files.createSymbolicLink(etc.resolve("loop.conf"), Path.of("loop.conf"));
        Path through = Files.createSymbolicLink(folder.resolve("through"), etc).resolve("site.conf");

        assertThat(judge(link, ACCOUNT).denial()).isPresent();
        assertThat(judge(behind, ACCOUNT).denial()).isPresent();
        assertThat(judge(loop, ACCOUNT).denial()).isPresent();
        assertThat(judge(good, ACCOUNT).denial()).isEmpty();
        assertThat(judge(through, ACCOUNT).denial()).isEmpty();
        assertThat(judge(etc.resolve("../open/../etc/./site.conf"), ACCOUNT).denial())
                .isEmpty();
    }

    @Test
    void a_file_that_is_swapped_for_a_link_is_denied_the_next_time() throws IOException {
        SiteGuard guard = guard(site, false, ACCOUNT);
        assertThat(guard.judge().denial()).isEmpty();
        Path open = Files.createDirectory(folder.resolve("open"));
        mode(open, "rwxrwxrwx");
        Files.move(site, open.resolve("site.conf"));
        Files.createSymbolicLink(site, open.resolve("site.conf"));

        assertThat(guard.judge().denial()).isPresent();
    }

    @Test
    void root_and_mighty_capabilities_are_denied_even_in_a_demonstration() {
        Account root = Account.of("Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nGroups:\t\nCapEff:\t0000000000000000\n", "root");
        Account mighty = Account.of("Uid:\t1\t54321\t1\t1\nGroups:\t7 8\nCapEff:\t0000000000000002\n", "agent");

        assertThat(guard(site, true, root).judge().denial())
                .contains("the agent runs as root, who can write every file");
        assertThat(mighty.uid()).hasValue(54_321);
        assertThat(mighty.groups()).containsExactlyInAnyOrder(7L, 8L);
        assertThat(denial(mighty)).contains("capabilities");
    }

    @Test
    void an_account_that_the_system_does_not_name_is_denied() {
        assertThat(denial(new Account(OptionalLong.empty(), Set.of(), Optional.empty(), "agent")))
                .contains("does not say which account");
    }

    @Test
    void capabilities_that_can_be_taken_up_at_any_moment_count() {
        Account permitted = Account.of(
                "Uid:\t1\t1\t1\t1\nGid:\t1\nCapPrm:\t0000000000000002\nCapEff:\t0000000000000000\n", "agent");

        assertThat(denial(permitted)).contains("capabilities");
    }

    @Test
    void a_demonstration_by_an_ordinary_user_is_trusted_and_says_so() throws IOException {
        mode(site, "rw-rw-rw-");

        assertThat(guard(site, true, ACCOUNT).judge()).isEqualTo(new SiteVerdict.Trusted(SiteGuard.DEMO));
    }

    /** The real thing: another process, another account, no made-up answers. */
    @Test
    void an_agent_of_another_account_trusts_the_file_until_it_can_write_it() throws Exception {
        assumeThat(uid(site))
                .as("root is missing: only root can start a process of another account")
                .isZero();
        assumeThat(Path.of("/usr/bin/setpriv"))
                .as("setpriv (util-linux) is missing")
                .exists();

        assertThat(child(AGENT)).isEqualTo("Trusted[note=]");
        assertThat(child(0)).contains("runs as root");
        mode(etc, "rwxrwxrwx");
        assertThat(child(AGENT)).contains("etc can be written");
        mode(etc, "rwxr-xr-x");
        Files.setAttribute(site, "unix:uid", (int) AGENT);
        assertThat(child(AGENT)).contains("belongs to the agent's account");
        Files.setAttribute(site, "unix:uid", 0);
        mode(site, "rw-------");
        assertThat(child(AGENT)).contains("cannot be read");
    }

    /** Prints the verdict on the file named. */
    public static final class Judge {
        private Judge() {}

        public static void main(String[] args) throws IOException {
            System.out.print(new SiteGuard(Path.of(args[0]), false, Host.ofThisSystem()).judge());
        }
    }

    private String child(long uid) throws Exception {
        Path classes = folder.resolve("classes");
        if (!Files.exists(classes)) {
            // The account may not enter the folder in which the tests were compiled.
            Files.createDirectory(classes);
            for (String root : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                if (Files.isDirectory(Path.of(root, "io/fairlead/agent/site"))) {
                    copy(Path.of(root), classes);
                }
            }
        }
        Process process = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + uid,
                        "--regid=" + uid,
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        Judge.class.getName(),
                        site.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path room : List.of(Path.of("io/fairlead/agent/site"), Path.of("io/fairlead/agent/host"))) {
            if (!Files.isDirectory(from.resolve(room))) {
                continue;
            }
            Files.createDirectories(to.resolve(room));
            try (var files = Files.list(from.resolve(room))) {
                for (Path each : files.filter(Files::isRegularFile).toList()) {
                    Path unused = Files.copy(
                            each, to.resolve(room).resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private SiteVerdict judge(Account account) {
        return judge(site, account);
    }

    private static SiteVerdict judge(Path file, Account account) {
        return guard(file, false, account).judge();
    }

    private String denial(Account account) {
        return judge(account).denial().orElse("trusted");
    }

    /** The system says yes to everything when root runs the tests, so it is not asked. */
    private static SiteGuard guard(Path file, boolean demo, Account account) {
        return new SiteGuard(file, demo, account, new PosixAccess(account, path -> false));
    }

    private static Account account(long uid, long gid) {
        return new Account(OptionalLong.of(uid), Set.of(gid), Optional.empty(), "agent");
    }

    private static long uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }

    private static long gid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:gid");
    }

    private static void mode(Path file, String mode) throws IOException {
        Path unused = Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
