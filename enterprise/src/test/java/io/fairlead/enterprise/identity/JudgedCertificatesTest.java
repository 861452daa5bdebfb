package io.fairlead.enterprise.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.identity.JudgedCertificates.Known;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JudgedCertificatesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private final JudgedCertificates judged = new JudgedCertificates(3);

    private static DeviceFacts facts(String device) {
        return new DeviceFacts(
                new DeviceIdentity(device, "0".repeat(32), "1".repeat(32), NOW.plus(Duration.ofDays(90))), NOW);
    }

    private Verdict verdict(String fingerprint, Instant now) {
        Known known = judged.find(fingerprint, now);
        return known == null ? null : known.verdict();
    }

    @Test
    void rows_that_were_read_while_a_notification_came_are_not_believed() {
        long begun = judged.turn();
        judged.forget("analyser-1");
        judged.keep("a", facts("analyser-1"), Verdict.GOOD, NOW, begun);
        assertThat(verdict("a", NOW)).isNull();
        judged.keep("a", facts("analyser-1"), Verdict.GOOD, NOW, judged.turn());
        assertThat(verdict("a", NOW)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void a_notification_concerns_its_device_and_a_reconnection_all() {
        judged.keep("a", facts("analyser-1"), Verdict.GOOD, NOW, judged.turn());
        judged.keep("b", facts("analyser-2"), Verdict.REVOKED, NOW, judged.turn());
        judged.forget("analyser-1");
        assertThat(verdict("a", NOW)).isNull();
        assertThat(verdict("b", NOW)).isEqualTo(Verdict.REVOKED);
        judged.forgetAll();
        assertThat(verdict("b", NOW)).isNull();
        assertThat(judged.find("b", NOW)).isNotNull();
    }

    @Test
    void rows_are_believed_for_a_minute_and_not_when_the_clock_goes_back() {
        judged.keep("a", facts("analyser-1"), Verdict.GOOD, NOW, judged.turn());
        assertThat(verdict("a", NOW.plusSeconds(60))).isEqualTo(Verdict.GOOD);
        assertThat(verdict("a", NOW.plusSeconds(61))).isNull();
        assertThat(verdict("a", NOW.minusSeconds(1))).isNull();
    }

    @Test
    void the_least_recently_used_go_first() {
        for (String fingerprint : new String[] {"a", "b", "c"}) {
            judged.keep(fingerprint, facts(fingerprint), NOW);
        }
        assertThat(judged.find("a", NOW)).isNotNull();
        judged.keep("d", facts("d"), NOW);
        assertThat(judged.find("b", NOW)).isNull();
        assertThat(judged.find("a", NOW)).isNotNull();
        assertThat(judged.size()).isEqualTo(3);
    }
}
