package io.fairlead.enterprise.allowlist;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowlistsTest {
    private static final String HEAD = """
            title: Example
            domains:
              - name: service.example
            """;
    private static final String SERVICES = """
            services:
              - host: files.service.example
                ports: [443]
                purpose: Files
                required: true
            """;

    @TempDir
    private Path folder;

    private final TestDatabase postgres = TestDatabase.start();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = postgres.database(vertx);
    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-22T10:30:00Z"));
    private final TestSigner signer = new TestSigner();
    private Path file;
    private int written;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("catalogue.yaml");
        write(HEAD + SERVICES);
    }

    @AfterEach
    void end() {
        postgres.close();
        await(vertx.close());
    }

    @Test
    void what_the_catalogue_and_the_nodes_say_is_published_and_signed() {
        Allowlists lists = node(live("agents.service.example", 443));
        await(lists.look());

        Edition first = lists.published().orElseThrow().newest();
        assertThat(hosts(first)).containsExactly("agents.service.example", "files.service.example");
        assertThat(first.list().version().value()).isEqualTo("2026112200");
        assertThat(first.expires()).isEqualTo("2027-02-20T10:30:00Z");
        assertThat(first.list().previous()).isEmpty();
        assertThat(first.signature().signer())
                .isEqualTo("signer of " + first.document().length());
        assertThat(lists.troubles()).isEmpty();
        assertThat(postgres.value("SELECT detail FROM audit_entry WHERE code = 'allowlist.published'"))
                .isEqualTo("version=2026112200 rows=2 sha256=" + first.digest());
    }

    @Test
    void a_live_host_that_the_catalogue_does_not_name_is_published_to_nobody_and_said() {
        Allowlists lists = node(live("agents.elsewhere.example", 443), live("192.0.2.7", 443), live("no_name", 443));
        await(lists.look());

        assertThat(hosts(lists.published().orElseThrow().newest())).containsExactly("files.service.example");
        assertThat(lists.troubles()).hasSize(3).allMatch(sentence -> sentence.contains("it is not published"));
    }

    @Test
    void nothing_new_makes_no_edition_until_the_last_one_grows_old() {
        Allowlists lists = node();
        await(lists.look());
        clock.advance(Duration.ofDays(59));
        await(lists.look());
        assertThat(lists.published().orElseThrow().editions()).hasSize(1);

        clock.advance(Duration.ofDays(1));
        await(lists.look());
        List<Edition> editions = lists.published().orElseThrow().editions();
        assertThat(editions).hasSize(2);
        assertThat(editions.get(0).list().previous()).contains(editions.get(1).digest());
        assertThat(editions.get(0).list().rows())
                .isEqualTo(editions.get(1).list().rows());
    }

    @Test
    void a_list_by_an_issuer_that_was_given_up_is_issued_again_once_an_hour_at_most() {
        Allowlists lists = node();
        await(lists.look());
        signer.today().set("coming signer");
        await(lists.look());
        assertThat(lists.published().orElseThrow().editions()).hasSize(1);

        clock.advance(Duration.ofHours(1));
        await(lists.look());
        await(lists.look());
        List<Edition> editions = lists.published().orElseThrow().editions();
        assertThat(editions).hasSize(2);
        assertThat(editions.get(0).signature().signer()).startsWith("coming signer");
        assertThat(editions.get(0).list().rows())
                .isEqualTo(editions.get(1).list().rows());
    }

    @Test
    void a_changed_catalogue_is_announced_and_a_broken_one_changes_nothing() throws IOException {
        Allowlists lists = node();
        await(lists.look());
        write(HEAD + SERVICES + SERVICES.replace("services:\n", "").replace("files", "updates"));
        await(lists.look());

        Edition second = lists.published().orElseThrow().newest();
        assertThat(second.list().version().value()).isEqualTo("2026112201");
        assertThat(second.list().rows().get(1).since()).contains(Instant.parse("2026-11-30T00:00:00Z"));

        write(HEAD + "servces: []\n");
        await(lists.look());
        assertThat(lists.published().orElseThrow().newest()).isEqualTo(second);
        assertThat(lists.troubles())
                .singleElement()
                .asString()
                .contains("broken")
                .contains("4");

        write(HEAD + SERVICES);
        await(lists.look());
        assertThat(hosts(lists.published().orElseThrow().newest())).containsExactly("files.service.example");
        assertThat(lists.troubles()).isEmpty();
    }

    @Test
    void nodes_that_look_at_the_same_time_make_one_edition_of_all_their_hosts() {
        Allowlists one = node(live("one.service.example", 443));
        Allowlists other = node(live("other.service.example", 443));
        await(one.look());
        await(other.look());
        clock.advance(Duration.ofMinutes(1));
        Future<Void> both = Future.all(one.look(), other.look()).mapEmpty();
        await(both);

        assertThat(one.published().orElseThrow().newest())
                .isEqualTo(other.published().orElseThrow().newest());
        assertThat(hosts(one.published().orElseThrow().newest()))
                .containsExactly("files.service.example", "one.service.example", "other.service.example");
        assertThat(one.published().orElseThrow().editions()).hasSize(2);
    }

    @Test
    void a_node_that_was_not_heard_of_for_a_week_is_gone() {
        await(node(live("gone.service.example", 443)).look());
        clock.advance(Duration.ofDays(8));
        Allowlists lists = node(live("agents.service.example", 443));
        await(lists.look());

        assertThat(hosts(lists.published().orElseThrow().newest()))
                .containsExactly("agents.service.example", "files.service.example");
    }

    private Allowlists node(LiveHost... live) {
        return new Allowlists(
                database,
                Optional.of(file),
                List.of(live),
                signer,
                new Audit(database),
                new Blocking(vertx),
                (delay, call) -> () -> {},
                clock);
    }

    private static LiveHost live(String host, int port) {
        return new LiveHost(host, new Remark("Status"), new TreeSet<>(Set.of(port)), new TreeSet<>(), true, List.of());
    }

    /** Each time with another time of change. */
    private void write(String text) throws IOException {
        Path unused = Files.writeString(file, text);
        written++;
        unused = Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(written)));
    }

    private static List<String> hosts(Edition edition) {
        return edition.list().rows().stream().map(Row::to).map(Object::toString).toList();
    }
}
