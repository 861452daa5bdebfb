package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Door;
import io.fairlead.agent.consent.DoorClient;
import io.fairlead.agent.consent.Person;
import io.fairlead.agent.consent.TestCarried;
import io.fairlead.agent.consent.TestSessions;
import io.fairlead.agent.consent.Verdict;
import io.fairlead.agent.host.Account;
import io.fairlead.agent.host.PosixAccess;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.site.SiteAction;
import io.fairlead.agent.site.SiteApproval;
import io.fairlead.agent.site.SiteConfig;
import io.fairlead.agent.site.SiteFolders;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.agent.site.SiteGuard;
import io.fairlead.agent.site.SiteRule;
import io.fairlead.contract.agent.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policy, whole: each action by each word, within its hours and outside. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class PermissionTest {
    private static final Account AGENT = new Account(OptionalLong.of(54_321), Set.of(), Optional.empty(), "agent");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Asking asking;
    private SiteGate gate;

    private Permission permission(String site) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = write(site);
        SiteGuard guard = new SiteGuard(file, false, AGENT, new PosixAccess(AGENT, path -> false));
        gate = new SiteGate(guard, SiteConfig.read(file, new SiteFolders(List.of())), NOON);
        asking = new Asking(
                Clock.systemUTC(), folder.resolve("muted"), new LocalAudit(folder.resolve("audit.log"), NOON));
        return new Permission(gate, asking);
    }

    private Path write(String site) throws IOException {
        Path file = Files.writeString(folder.resolve("site.conf"), site);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    static Stream<Arguments> table() {
        List<Arguments> rows = new ArrayList<>();
        for (SiteAction action : SiteAction.values()) {
            for (String word : List.of("", "allow", "ask", "deny")) {
                for (String hours : List.of("", "11:00-13:00", "13:00-11:00", "22:00-12:01")) {
                    rows.add(Arguments.of(action, word, hours));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void each_action_is_done_asked_about_or_refused_as_the_customer_says(SiteAction action, String word, String hours)
            throws Exception {
        String policy = (word.isEmpty() ? "" : action.word() + " = " + word + "\n")
                + (hours.isEmpty() ? "" : action.word() + "-hours = \"" + hours + "\"\n");
        Permission permission = permission("policy {\n" + policy + "}");
        // Who is asked here is nobody: an answer of his own kind.
        asking.unavailable("ASKED");
        String counts = word.isEmpty() ? (action.standard() == SiteRule.Word.ASK ? "ask" : "allow") : word;
        boolean within = !hours.equals("13:00-11:00");

        Optional<String> refusal = permission.refusal(new Permission.Act(action, "something"), new Order());

        if (counts.equals("deny")) {
            assertThat(refusal).contains("site.conf denies " + action.word());
        } else if (!within) {
            assertThat(refusal).hasValueSatisfying(why -> assertThat(why).endsWith(" only"));
        } else {
            assertThat(refusal).isEqualTo(counts.equals("ask") ? Optional.of("ASKED") : Optional.empty());
        }
    }

    @Test
    void what_guards_the_customer_asks_by_itself() {
        assertThat(SiteAction.RECEIVE.standard()).isEqualTo(SiteRule.Word.ASK);
        for (SiteAction routine :
                List.of(SiteAction.COLLECT, SiteAction.SET, SiteAction.DIAGNOSE, SiteAction.RESTART)) {
            assertThat(routine.standard()).isEqualTo(SiteRule.Word.ALLOW);
        }
    }

    @Test
    void some_acts_are_asked_about_though_the_policy_allows_them_and_never_where_it_denies() throws Exception {
        Permission permission = permission("policy { set = deny }");
        asking.unavailable("ASKED");

        assertThat(permission.refusal(
                        new Permission.Act(SiteAction.COLLECT, "patients.csv", OptionalLong.of(7), true), new Order()))
                .contains("ASKED");
        assertThat(permission.refusal(
                        new Permission.Act(SiteAction.SET, "patients.csv", OptionalLong.of(7), true), new Order()))
                .contains("site.conf denies set");
    }

    @Test
    void a_customer_who_denies_it_while_somebody_agrees_is_obeyed() throws Exception {
        Permission permission = permission("policy { collect = ask }");
        CompletableFuture<Optional<String>> refusal = CompletableFuture.supplyAsync(() -> {
            try {
                return permission.refusal(new Permission.Act(SiteAction.COLLECT, "all"), new Order());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (asking.open().isEmpty()) {
            Thread.sleep(5);
        }
        write("policy { collect = deny } # now");
        Path approve = folder.resolve("approve");
        LocalAudit audit = new LocalAudit(folder.resolve("audit.log"), NOON);
        try (Door door = Door.open(
                approve,
                Optional.empty(),
                asking,
                new TestCarried(),
                new TestSessions(),
                person -> Optional.empty(),
                audit)) {
            assertThat(door).isNotNull();
            String said = new DoorClient(approve).answer(asking.open().get(0).id(), Verdict.APPROVE);
            assertThat(said).contains("approved");
        }

        assertThat(refusal.get()).contains("site.conf denies collect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // site.conf | who | kind | what he is told; empty: he may answer
                "approvers { group = lab } | ann | ORDINARY |",
                "approvers { group = lab } | root | ROOT | root answers only where",
                "approvers { group = lab } | agent | AGENT | the agent's own account answers only where",
                "approvers { group = lab } | not verified by the OS | UNVERIFIED |",
                "approvers { group = lab, people = [ann] } | ann | ORDINARY |",
                "approvers { group = lab, people = [ann] } | bob | ORDINARY | does not name bob",
                "approvers { group = lab, people = [ann] } | root | ROOT | does not name root",
                "approvers { group = lab, people = [ann, root] } | root | ROOT |",
                "approvers { people = [agent] } | agent | AGENT |",
                "approvers { people = [\"not verified by the OS\"] } | not verified by the OS | UNVERIFIED | does not name",
                "'' | ann | ORDINARY | names no approvers",
            })
    void who_may_answer_is_the_customers_word(String site, String name, Person.Kind kind, String told)
            throws Exception {
        Permission unused = permission(site);
        assertThat(unused).isNotNull();

        Optional<String> refusal = new SiteApproval(gate, false).refusal(new Person(name, kind));

        if (told == null) {
            assertThat(refusal).isEmpty();
        } else {
            assertThat(refusal).hasValueSatisfying(why -> assertThat(why).contains(told));
        }
    }

    @Test
    void nobody_may_answer_while_site_conf_cannot_be_believed_and_in_a_demonstration_only_its_one_person()
            throws Exception {
        Permission unused = permission("approvers { group = lab }");
        assertThat(unused).isNotNull();
        Person ann = new Person("ann", Person.Kind.ORDINARY);
        Person self = new Person("agent", Person.Kind.AGENT);
        assertThat(new SiteApproval(gate, true).refusal(self)).isEmpty();
        assertThat(new SiteApproval(gate, true).refusal(new Person("root", Person.Kind.ROOT)))
                .isPresent();

        Files.setPosixFilePermissions(folder.resolve("site.conf"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(new SiteApproval(gate, false).refusal(ann))
                .hasValueSatisfying(why -> assertThat(why).startsWith("everything is denied"));
    }
}
