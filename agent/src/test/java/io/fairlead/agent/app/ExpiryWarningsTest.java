package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.contract.agent.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryWarningsTest {
    private static final TestAuthority OURS = new TestAuthority("ours");

    /** Of a day and an hour, from an hour ago. */
    private final Identity identity = OURS.identity(new ServerAddress("localhost", 8444), "device-1");

    private final List<Event> told = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    Path data;

    private ExpiryWarnings at(Instant now) {
        LocalAudit audit = new LocalAudit(data.resolve("audit.log"), Clock.systemUTC());
        TrustedTime time = new TrustedTime(data.resolve("time"), Clock.fixed(now, ZoneOffset.UTC), audit);
        return new ExpiryWarnings(data.resolve("expiry-warned"), () -> identity, time, nanos::get, audit, told::add);
    }

    @Test
    void a_certificate_that_should_have_been_renewed_is_named_once_also_after_a_restart() throws IOException {
        at(Instant.now()).look();
        assertThat(told).isEmpty();

        Instant overdue = identity.expires().minus(Duration.ofHours(6));
        at(overdue).look();
        ExpiryWarnings restarted = at(overdue.plusSeconds(60));
        restarted.look();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        restarted.look();

        assertThat(told).hasSize(1);
        assertThat(told.get(0).getCode()).isEqualTo("agent.certificate-expiring");
        assertThat(told.get(0).getText()).startsWith("this device's certificate ends at");
        assertThat(Files.readString(data.resolve("audit.log")).lines())
                .filteredOn(line -> line.contains("identity.certificate-expiring"))
                .singleElement()
                .asString()
                .contains("within-days=1");
    }

    @Test
    void authorities_are_named_thirty_and_seven_days_and_a_day_ahead() {
        Instant end = OURS.devices.certificate().getNotAfter().toInstant();
        for (int days : new int[] {31, 29, 8, 6, 2}) {
            at(end.minus(Duration.ofDays(days))).look();
        }
        at(end.minus(Duration.ofHours(3))).look();

        // The device's own, and four authorities at three thresholds.
        assertThat(told).hasSize(1 + 3 * 4);
        assertThat(told.stream().map(Event::getText)).anyMatch(text -> text.contains("CN=Fairlead devices ours"));
    }
}
