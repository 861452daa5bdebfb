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
                new DeviceIdentity(device, "0".repeat(32), "1".repeat(32)), NOW, NOW.plus(Duration.ofDays(90)));
    }

    private Boolean revoked(String fingerprint, Instant now) {
        Known known = judged.find(fingerprint, now);
        return known == null ? null : known.revoked();
    }

    @Test
    void rows_that_were_read_while_a_notification_came_are_not_believed() {
        long begun = judged.turn();
        judged.forget("analyser-1");
        judged.keep("a", facts("analyser-1"), false, NOW, begun);
        assertThat(revoked("a", NOW)).isNull();
        judged.keep("a", facts("analyser-1"), false, NOW, judged.turn());
        assertThat(revoked("a", NOW)).isFalse();
    }

    @Test
    void a_notification_concerns_its_device_and_a_reconnection_all() {
        judged.keep("a", facts("analyser-1"), false, NOW, judged.turn());
        judged.keep("b", facts("analyser-2"), true, NOW, judged.turn());
        judged.forget("analyser-1");
        assertThat(revoked("a", NOW)).isNull();
        assertThat(revoked("b", NOW)).isTrue();
        judged.forgetAll();
        assertThat(revoked("b", NOW)).isNull();
        assertThat(judged.find("b", NOW)).isNotNull();
    }

    @Test
    void rows_are_believed_for_a_minute_and_not_when_the_clock_goes_back() {
        judged.keep("a", facts("analyser-1"), false, NOW, judged.turn());
        assertThat(revoked("a", NOW.plusSeconds(60))).isFalse();
        assertThat(revoked("a", NOW.plusSeconds(61))).isNull();
        assertThat(revoked("a", NOW.minusSeconds(1))).isNull();
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
