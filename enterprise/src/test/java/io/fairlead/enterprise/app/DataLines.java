package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.app.IntegrationRightsTest.NOTHING;
import static io.fairlead.enterprise.app.IntegrationRightsTest.line;

import java.util.List;

/** What accounts may of data, alarms and instructions: lines of {@link IntegrationRightsTest}. */
final class DataLines {
    private static final String RANGE =
            "<t:from>2026-11-01T00:00:00Z</t:from><t:to>2026-11-02T00:00:00Z</t:to></t:criteria>";
    private static final String LAMP = "<t:criteria><t:device>LAB-7</t:device><t:item>lamp</t:item>" + RANGE;
    private static final String DOOR = "<t:criteria><t:device>LAB-7</t:device><t:item>door</t:item>" + RANGE;
    private static final String ALL = "<t:criteria/>";
    private static final String ONE = "<t:criteria><t:device>LAB-7</t:device></t:criteria>";

    private DataLines() {}

    /** Puts what the lines are about beneath LAB-7; answers the number of its alarm. */
    static String prepare(RunningServer server) {
        server.postgres.execute(
                "INSERT INTO latest_value (device, item, observed_at, received_at, number, first_received)"
                        + " VALUES ('LAB-7', 'lamp', now(), now(), 1, now())",
                "INSERT INTO latest_value (device, item, observed_at, received_at, text, first_received)"
                        + " VALUES ('LAB-7', 'door', now(), now(), 'open', now())");
        return server.sql("INSERT INTO alarm (device, code, severity, raised_at, last_seen, count, received_at)"
                + " VALUES ('LAB-7', 'E1', 'error', now(), now(), 1, now()) RETURNING id");
    }

    static List<IntegrationRightsTest.Line> of(String alarm) {
        String id = "<t:id>" + alarm + "</t:id>";
        String order = "<t:instruction><t:device>LAB-7</t:device><t:kind>collect</t:kind><t:reason>walk</t:reason>"
                + "</t:instruction>";
        // The first of the device is the session's.
        String second = "<t:id>LAB-7/2</t:id>";
        return List.of(
                data("FindValues", ONE, "<item>lamp<"),
                data("FindHistory", LAMP, "<values"),
                data("Aggregate", LAMP, "<buckets"),
                data("FindChanges", DOOR, "<changes"),
                alarm("Find", ALL, "<code>E1<", NOTHING),
                alarm("Find", ONE, "<code>E1<", "unknown-device"),
                alarm("FindById", id, "<code>E1<", "not-found"),
                alarm("Acknowledge", "<t:alarm>" + id + "</t:alarm>", "<successful>true<", "not-found"),
                alarm(
                        "Comment",
                        "<t:comment>" + id + "<t:text>x</t:text></t:comment>",
                        "<successful>true<",
                        "not-found"),
                alarm(
                        "Close",
                        "<t:alarm>" + id + "<t:comment>x</t:comment></t:alarm>",
                        "<successful>true<",
                        "not-found"),
                alarm("FindEvents", ONE, "<events", "unknown-device"),
                line(
                        "Instruction",
                        "Submit",
                        order,
                        "service-engineer",
                        "<id>LAB-7/2<",
                        "integration",
                        "forbidden",
                        "unknown-device"),
                instruction("Find", ALL, "<id>LAB-7/2<", NOTHING),
                instruction("Find", ONE, "<id>LAB-7/2<", "unknown-device"),
                instruction("FindById", second, "<state>waiting<", "not-found"),
                instruction("FindResult", second, "<finished>false<", "not-found"),
                instruction("Cancel", second + "<t:reason>walk</t:reason>", "<successful>true<", "not-found"));
    }

    private static IntegrationRightsTest.Line data(String operation, String inside, String shown) {
        return line("Data", operation, inside, "integration", shown, "it", "forbidden", "unknown-device");
    }

    private static IntegrationRightsTest.Line alarm(String operation, String inside, String shown, String elsewhere) {
        return line("Alarm", operation, inside, "integration", shown, "it", "forbidden", elsewhere);
    }

    private static IntegrationRightsTest.Line instruction(
            String operation, String inside, String shown, String elsewhere) {
        return line("Instruction", operation, inside, "integration", shown, "it", "forbidden", elsewhere);
    }
}
