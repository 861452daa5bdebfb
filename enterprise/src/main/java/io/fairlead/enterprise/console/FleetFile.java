package io.fairlead.enterprise.console;

import io.fairlead.enterprise.roster.RosterRow;
import io.fairlead.enterprise.status.CsvText;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list as comma-separated values (RFC 4180), UTF-8 with a mark by which spreadsheets know it; times are UTC. */
final class FleetFile {
    private static final String HEAD = "device,customer,site,region,model,serial,state,muted,last_contact,address,"
            + "agent_version,health,open_alarms,worst_alarm,worst_alarm_text,waiting_instructions\r\n";

    private FleetFile() {}

    static Buffer head() {
        return Buffer.buffer("\uFEFF" + HEAD);
    }

    static Buffer lines(List<RosterRow> rows) {
        Buffer lines = Buffer.buffer(200 * rows.size());
        rows.forEach(row -> lines.appendString(line(row)));
        return lines;
    }

    private static String line(RosterRow row) {
        return Stream.of(
                                row.id().value(),
                                row.customer(),
                                row.site(),
                                row.region(),
                                row.model(),
                                row.serial(),
                                row.state().key(),
                                row.muted() ? "yes" : "no",
                                time(row.last()),
                                some(row.address()),
                                some(row.agentVersion()),
                                row.health().key(),
                                Integer.toString(row.alarms()),
                                some(row.alarmCode()),
                                some(row.alarmText()),
                                Integer.toString(row.waiting()))
                        .map(CsvText::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }

    private static String some(@Nullable String text) {
        return text == null ? "" : text;
    }
}
