package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StatusLine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code agent status} says was refused. */
class RecentAuditTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path folder;

    @Test
    void one_refused_order_shows_with_its_number_and_why() {
        LocalAudit audit = audit();
        RecentAudit recent = new RecentAudit(folder.resolve("audit.log"));
        assertThat(words(recent.refused(0))).containsExactly("nothing", "none since the start", "none");

        audit.record(LocalAuditCode.INSTRUCTION_FINISHED, "number", 6, "outcome", "DONE", "detail", "");
        assertThat(words(recent.refused(0))).containsExactly("nothing since " + NOW, "none since the start", "none");
        audit.record(
                LocalAuditCode.INSTRUCTION_REFUSED,
                "number",
                7,
                "outcome",
                "REFUSED",
                "detail",
                "site.conf denies restart");

        List<StatusLine> lines = recent.refused(2);
        assertThat(lines).extracting(StatusLine::key).containsExactly("count", "not-believed", "last");
        assertThat(lines.get(0).value()).isEqualTo(1L);
        assertThat(words(lines))
                .containsExactly(
                        "1 since " + NOW,
                        "2 since the start: forged or damaged",
                        "2026-11-20T10:00:00Z  instruction.refused 7: REFUSED  (site.conf denies restart)");
        assertThat(words(recent.instructions(1))).first().isEqualTo("1 wait or run");
        assertThat(words(recent.instructions(0)).get(1))
                .contains("finished 6: DONE")
                .contains("refused 7");
    }

    @Test
    void of_many_the_last_five_are_shown_and_all_are_counted() {
        LocalAudit audit = audit();
        for (int i = 1; i <= 9; i++) {
            audit.record(LocalAuditCode.INSTRUCTION_REFUSED, "number", i, "outcome", "REFUSED", "detail", "no");
        }

        List<StatusLine> lines = new RecentAudit(folder.resolve("audit.log")).refused(0);

        assertThat(lines.get(0).value()).isEqualTo(9L);
        assertThat(lines.get(2).words().lines()).hasSize(5);
        assertThat(lines.get(2).words().lines().toList().get(4)).contains(" 9: REFUSED");
    }

    private LocalAudit audit() {
        return new LocalAudit(folder.resolve("audit.log"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<String> words(List<StatusLine> lines) {
        return lines.stream().map(StatusLine::words).toList();
    }
}
