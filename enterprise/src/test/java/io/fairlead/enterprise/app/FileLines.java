package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.app.IntegrationRightsTest.NOTHING;
import static io.fairlead.enterprise.app.IntegrationRightsTest.line;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** What accounts may of files: lines of {@link IntegrationRightsTest}, about a device of their own. */
final class FileLines {
    private static final String DEVICE = "<t:device>LAB-8</t:device>";
    private static final String REASON = "<t:reason>walk</t:reason>";
    private static final String FILE = "<t:file>" + DEVICE + "<t:name>walk.txt</t:name>" + REASON
            + "<t:size>5</t:size><t:content>aGVsbG8=</t:content></t:file>";

    private FileLines() {}

    static void prepare(RunningServer server) throws IOException {
        JsonObject unused = server.command(
                "enrol",
                new JsonObject()
                        .put("device", "LAB-8")
                        .put("customer", "St. Mary")
                        .put("site", "Basel")
                        .put("region", "EU")
                        .put("model", "Analyser 3")
                        .put("serial", "4712"));
        server.postgres.execute("UPDATE device SET enrolment = '00000000000000000000000000000002' WHERE id = 'LAB-8'");
    }

    /** Has a file sent to the device; answers the transfer's id. */
    static String send(OtherSystems systems) {
        return systems.call("service-engineer", "FileService", "<t:Upload>" + FILE + "</t:Upload>")
                .first("id");
    }

    static List<IntegrationRightsTest.Line> of(String file) {
        String id = "<t:id>" + file + "</t:id>";
        return List.of(
                seen("Find", "<t:criteria/>", file, NOTHING),
                seen("Find", "<t:criteria>" + DEVICE + "</t:criteria>", file, "unknown-device"),
                seen("FindById", id, "<requestedBy>integration:service-engineer<", "not-found"),
                moved(
                        "RequestFiles",
                        "<t:file>" + DEVICE + "<t:path>logs/a.log</t:path>" + REASON + "</t:file>",
                        "<successful>true<",
                        "unknown-device"),
                moved(
                        "RequestPackages",
                        "<t:diagnosticPackage>" + DEVICE + REASON + "</t:diagnosticPackage>",
                        "<successful>true<",
                        "unknown-device"),
                moved("Upload", FILE, "<state>requested<", "unknown-device"),
                moved("Download", id, ">aGVsbG8=<", "not-found"),
                seen("Cancel", id, "<successful>true<", "not-found"));
    }

    private static IntegrationRightsTest.Line seen(String operation, String inside, String shown, String elsewhere) {
        return line("File", operation, inside, "integration", shown, "it", "forbidden", elsewhere);
    }

    private static IntegrationRightsTest.Line moved(String operation, String inside, String shown, String elsewhere) {
        return line("File", operation, inside, "service-engineer", shown, "integration", "forbidden", elsewhere);
    }
}
