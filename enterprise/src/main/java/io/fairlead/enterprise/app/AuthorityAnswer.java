package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How a roll-over stands, as people read it, and the files that go to whoever has the root's key. */
final class AuthorityAnswer {
    /** Where files to be signed go, and signatures come from, when nobody says otherwise. */
    static final String FOLDER = "fairlead-to-sign";

    private static final int MOST_DEVICES = 20;

    private final Screen screen;
    private final JsonObject answer;

    AuthorityAnswer(Screen screen, JsonObject answer) {
        this.screen = screen;
        this.answer = answer;
    }

    /** @param out where to write what is to be signed; null for nowhere */
    void print(boolean json, @Nullable Path out) {
        List<Path> written = out == null ? List.of() : write(out);
        if (json) {
            screen.print(answer.encodePrettily());
            return;
        }
        screen.print("Stage " + answer.getString("stage") + ", statement " + answer.getLong("number") + ", "
                + answer.getInteger("activeDevices") + " active devices.");
        screen.print(authorities().lines());
        devices("unconfirmed", "have not confirmed statement " + answer.getLong("number") + " yet");
        devices("onOldIssuer", "still have a certificate by an old issuer");
        devices("waitingForOldSigner", "have instructions waiting that an old signer signed");
        screen.print("");
        screen.print(next(written));
    }

    private TextTable authorities() {
        TextTable table = new TextTable(">GENERATION", "STANDING", "AUTHORITY", "VALID UNTIL", "ROOT KEY");
        JsonArray generations = answer.getJsonArray("generations");
        for (int i = 0; i < generations.size(); i++) {
            JsonObject one = generations.getJsonObject(i);
            JsonArray certificates = one.getJsonArray("certificates");
            for (int c = 0; c < certificates.size(); c++) {
                JsonObject certificate = certificates.getJsonObject(c);
                table.row(
                        one.getInteger("generation"),
                        one.getBoolean("issuing") ? "issuing" : "trusted",
                        certificate.getString("name"),
                        screen.moment(certificate.getString("notAfter")),
                        c > 0 ? "" : one.getBoolean("rootKeyHere") ? "on this machine" : "kept elsewhere");
            }
        }
        return table;
    }

    private void devices(String key, String what) {
        JsonArray devices = answer.getJsonArray(key);
        if (!devices.isEmpty()) {
            List<String> shown =
                    devices.stream().limit(MOST_DEVICES).map(String::valueOf).toList();
            screen.print(devices.size() + " " + what + ": " + String.join(", ", shown)
                    + (devices.size() > shown.size() ? " and more (--json has all)" : ""));
        }
    }

    private String next(List<Path> written) {
        boolean done = answer.getJsonArray("unconfirmed").isEmpty();
        return switch (answer.getString("stage")) {
            case "STEADY" -> "Nothing is being rolled over.";
            case "ISSUERS_UNSIGNED", "STATEMENT_UNSIGNED" ->
                "The key of "
                        + answer.getJsonObject("signer").getString("name") + " has to sign "
                        + String.join(
                                ", ",
                                new TreeSet<>(answer.getJsonObject("toSign").fieldNames())) + ". "
                        + (written.isEmpty()
                                ? "Have the files written: fairlead authority show --out DIR"
                                : "Written to " + written.get(0).getParent()
                                        + ". Where the key is, for each NAME.tbs:\n"
                                        + "  openssl dgst -sha256 -sign root.key -out NAME.sig NAME.tbs\n"
                                        + "Then: fairlead authority sign --in DIR");
            case "ANNOUNCED" ->
                done
                        ? "Every active device has confirmed. Next: fairlead authority switch"
                        : "Agents take the statement with their next polls. When all have: fairlead authority switch";
            default ->
                answer.getJsonArray("onOldIssuer").isEmpty()
                                && answer.getJsonArray("waitingForOldSigner").isEmpty()
                        ? "Nothing needs the old authorities any longer. Next: fairlead authority retire"
                        : "Agents renew in the course of the next minutes. When all have: fairlead authority retire";
        };
    }

    private List<Path> write(Path out) {
        JsonObject toSign = answer.getJsonObject("toSign", new JsonObject());
        if (toSign.isEmpty()) {
            return List.of();
        }
        try {
            Files.createDirectories(out);
            List<Path> written = new TreeSet<>(toSign.fieldNames())
                    .stream().map(name -> out.resolve(name + ".tbs")).toList();
            for (String name : toSign.fieldNames()) {
                Path file = Files.write(out.resolve(name + ".tbs"), toSign.getBinary(name));
                assert Files.exists(file);
            }
            return written;
        } catch (IOException failed) {
            throw new Unable("The files to be signed cannot be written to " + out + ": " + failed.getMessage());
        }
    }
}
