package io.fairlead.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Tally tally = new Tally(START);

    @Test
    void all_is_well_when_every_device_reported_and_obeyed() {
        tally.gave("A", 4);
        tally.saw(device("A", "2026-11-21T12:00:05Z", 4, "DONE"));

        assertThat(tally.missing(List.of("A"))).isEmpty();
        assertThat(tally.summary(1, 37)).isEqualTo("1 agent, 37 messages, 1 instruction obeyed, 0 alarms");
    }

    @Test
    void what_is_missing_is_named() {
        tally.saw(device("OLD", "2026-11-21T11:59:59Z", 1, "DONE"));
        tally.saw(device("IDLE", "2026-11-21T12:00:05Z", 1, "DONE"));
        tally.gave("LATE", 2);
        tally.saw(device("LATE", "2026-11-21T12:00:05Z", 2, "WAITING"));

        assertThat(tally.missing(List.of("OLD", "IDLE", "LATE")))
                .containsExactly(
                        "OLD has not reported", "IDLE was given no instruction", "LATE's instruction 2 is WAITING");
    }

    @Test
    void an_alarm_counts_once_however_often_it_is_seen() {
        JsonObject alarm = new JsonObject().put("code", "E-1").put("since", "2026-11-21T12:00:07Z");
        Seen seen = new Seen(new JsonObject().put("device", "A").put("alarms", new JsonArray().add(alarm)));
        tally.saw(seen);
        tally.saw(seen);

        assertThat(tally.summary(3, 1)).isEqualTo("3 agents, 1 message, 0 instructions obeyed, 1 alarm");
    }

    @Test
    void committed_messages_are_read_from_the_metrics() {
        assertThat(Server.committed("""
                        # TYPE fairlead_status_messages_total counter
                        fairlead_status_messages_total{outcome="stored"} 37.0
                        fairlead_status_messages_total{outcome="duplicate"} 5.0
                        fairlead_status_messages_other 9.0
                        """)).isEqualTo(37);
    }

    private static Seen device(String id, String received, long number, String state) {
        return new Seen(new JsonObject()
                .put("device", id)
                .put("latest", new JsonArray().add(new JsonObject().put("receivedAt", received)))
                .put(
                        "instructions",
                        new JsonArray()
                                .add(new JsonObject().put("number", number).put("state", state))));
    }
}
