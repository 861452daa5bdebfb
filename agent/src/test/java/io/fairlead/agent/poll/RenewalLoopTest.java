package io.fairlead.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.Renewal;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RenewalLoopTest {
    @TempDir
    Path data;

    private final Enterprise enterprise = new Enterprise();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger kept = new AtomicInteger();
    private TrustedTime time;
    private Identity first;
    private CurrentIdentity identity;
    private RenewalLoop loop;

    @BeforeEach
    void prepare() {
        time = Enterprise.time(data);
        ServerAddress address = enterprise.server.address("localhost");
        first = Enterprise.AUTHORITY.identity(address, "device-1");
        identity = new CurrentIdentity(new IdentityFolder(data.resolve("identity"), Clock.systemUTC()), first);
        loop = loop(time);
    }

    private RenewalLoop loop(TrustedTime by) {
        ServerAddress address = enterprise.server.address("localhost");
        Link link = new Link(List.of(address), Dialer.direct(), identity, enterprise.codec, by::now);
        return new RenewalLoop(
                new Renewal(link, identity),
                identity,
                kept::incrementAndGet,
                by,
                Enterprise.audit(data),
                new Bell(),
                new Rhythm(() -> 0.5, nanos::get, pause -> {}, new Stop(), () -> {}));
    }

    @AfterEach
    void close() throws IOException {
        enterprise.close();
    }

    @Test
    void the_time_is_two_thirds_of_the_life_and_a_little_more_the_same_at_every_start() {
        Duration life = Duration.between(first.certificate().getNotBefore().toInstant(), first.expires());
        Instant twoThirds = first.certificate()
                .getNotBefore()
                .toInstant()
                .plus(life.multipliedBy(2).dividedBy(3));

        assertThat(first.renewalDue()).isBetween(twoThirds, twoThirds.plus(life.dividedBy(18)));
        assertThat(first.renewalDue()).isEqualTo(first.renewalDue());
    }

    @Test
    void before_its_time_nothing_is_asked_and_the_clock_is_looked_at_again_soon() {
        assertThat(loop.turn()).isEqualTo(RenewalLoop.LOOK_EVERY);
        assertThat(enterprise.server.requests).isEmpty();
    }

    @Test
    void it_is_due_by_the_servers_time_even_when_the_clock_of_the_pc_stands() {
        time.heard(first.renewalDue().minusSeconds(60));
        assertThat(loop.turn()).isLessThan(Duration.ofSeconds(61));
        assertThat(enterprise.server.requests).isEmpty();
        time.heard(first.renewalDue().plusSeconds(1));

        // The next one, which begins and ends when the first does, may be due by that time as well: its key decides.
        assertThat(loop.turn()).isIn(Duration.ZERO, RenewalLoop.LOOK_EVERY);

        assertThat(kept).hasValue(1);
        assertThat(identity.kept().certificate()).isNotEqualTo(first.certificate());
        assertThat(identity.get()).isEqualTo(first);
    }

    @Test
    void nothing_is_asked_for_while_the_newest_certificate_is_not_in_use() {
        time.heard(first.renewalDue().plusSeconds(1));
        assertThat(loop.turn()).isIn(Duration.ZERO, RenewalLoop.LOOK_EVERY);
        int asked = enterprise.server.requests.size();

        assertThat(loop.turn()).isEqualTo(RenewalLoop.UNTIL_USED);

        assertThat(enterprise.server.requests).hasSize(asked);
    }

    @Test
    void a_failure_is_tried_again_with_growing_pauses_while_the_old_one_lives() {
        time.heard(first.renewalDue().plusSeconds(1));
        enterprise.server.answerWith((request, out) -> request.socket().close());

        assertThat(loop.turn()).isEqualTo(Duration.ofMillis(500));
        assertThat(loop.turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(loop.turn()).isEqualTo(Duration.ofSeconds(2));
        enterprise.server.answerWith((request, out) -> TlsServer.http(out, 503, "text/plain", new byte[0]));
        assertThat(loop.turn()).isEqualTo(Duration.ofSeconds(4));
        assertThat(identity.kept()).isEqualTo(first);
    }

    @Test
    void what_the_enterprise_asks_for_is_done_once_and_not_again_until_it_is_used() {
        loop.renewNow();
        loop.renewNow();
        assertThat(loop.turn()).isZero();
        Identity second = identity.kept();

        loop.renewNow();
        assertThat(loop.turn()).isPositive();
        identity.turn();
        loop.renewNow();
        assertThat(loop.turn()).isPositive();
        assertThat(identity.kept()).isEqualTo(second);

        nanos.addAndGet(RenewalLoop.ASKED_ONCE.toNanos());
        loop.renewNow();
        assertThat(loop.turn()).isZero();
        assertThat(identity.kept()).isNotEqualTo(second);
    }

    @Test
    void after_its_end_a_person_is_asked_for_and_nobody_else() throws IOException {
        Clock late = Clock.fixed(first.expires().plusSeconds(1), ZoneOffset.UTC);
        loop = loop(new TrustedTime(data.resolve("time"), late, Enterprise.audit(data)));

        assertThat(loop.turn()).isEqualTo(RenewalLoop.LOOK_EVERY);
        assertThat(loop.turn()).isEqualTo(RenewalLoop.LOOK_EVERY);

        assertThat(enterprise.server.requests).isEmpty();
        assertThat(Files.readString(data.resolve("audit.log"))
                        .lines()
                        .filter(line ->
                                line.contains("state=ENROLMENT_NEEDED") && line.contains("a person must enrol")))
                .hasSize(1);
    }
}
