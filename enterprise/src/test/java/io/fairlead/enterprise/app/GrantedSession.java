package io.fairlead.enterprise.app;

import io.fairlead.enterprise.people.RightsTable.Holder;
import io.fairlead.statements.Receipt;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.SessionService.Mode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/** A session that a device has granted; who signed that, the relay would ask when the device comes. */
final class GrantedSession {
    private GrantedSession() {}

    /** Of somebody, for half an hour; answers its id. A shell was asked for as well. */
    static String of(RunningServer server, Holder engineer, String device, Mode mode, String name) throws IOException {
        String word = mode.word() + "/" + name;
        String id = server.command(
                        "sessions.request",
                        new JsonObject()
                                .put("device", device)
                                .put("services", word + " use/other")
                                .put("reason", "ticket 4711"))
                .getString("id");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Receipt receipt = new Receipt(
                device,
                "ab".repeat(32),
                id,
                server.sql("SELECT request_sha256 FROM remote_session WHERE id = '" + id + "'"),
                Receipt.Decision.GRANTED,
                List.of(new SessionService(name, mode)),
                now,
                now.plus(30, ChronoUnit.MINUTES),
                Receipt.Means.POLICY_RULE,
                "site.conf",
                "ab".repeat(32),
                "cd".repeat(16),
                1);
        server.postgres.execute("UPDATE remote_session SET requested_by = 'person:" + engineer.name()
                + "', state = 'GRANTED', granted = '{" + word + "}', granted_at = now(), until = now() + interval"
                + " '30 minutes', signature = '\\x3000', receipt = '\\x"
                + HexFormat.of().formatHex(receipt.statement()) + "' WHERE id = '" + id + "'");
        return id;
    }
}
