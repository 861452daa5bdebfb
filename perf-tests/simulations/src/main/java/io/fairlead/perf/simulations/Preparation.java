package io.fairlead.perf.simulations;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.perf.fleet.CommandSocket;
import io.fairlead.perf.fleet.Identities;
import io.fairlead.perf.fleet.Progress;
import io.fairlead.perf.fleet.Registration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** What has to be there before a simulation: enrolled devices, people, an account, files that were asked for. */
final class Preparation {
    private final CommandSocket commands;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Of the names of this play's people and account: there may have been plays before. */
    private final String mark = secret().substring(0, 6);

    Preparation(CommandSocket commands, Clock clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** Enrols so many devices over the wire; their keys are in the folder then. */
    Identities devices(Path folder, int count, Progress progress) throws IOException, InterruptedException {
        List<Registration> wanted = IntStream.rangeClosed(1, count)
                .mapToObj(number -> Registration.plain("PERF-" + number))
                .toList();
        return Identities.enrolled(folder, wanted, commands, progress, clock);
    }

    /** Keeps those whom devices believe where Gatling can read them. */
    static void trust(Identities identities, Path file, String password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate one : identities.authorities().servers().getAcceptedIssuers()) {
                store.setCertificateEntry("servers-" + store.size(), one);
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot keep certificates", e);
        }
    }

    /** Makes people who may look at everything, each with a password; returns a line {@code NAME PASSWORD} for each. */
    List<String> people(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String name = "visitor-" + number + "-" + mark;
            call(
                    "people.add",
                    new JsonObject()
                            .put("name", name)
                            .put("displayName", "Visitor " + number)
                            .put("organisation", "Simulation"));
            call("people.grant", new JsonObject().put("name", name).put("role", "auditor"));
            String password = secret();
            set(name, password);
            lines.add(name + " " + password);
        }
        return lines;
    }

    private void set(String person, String password) throws IOException {
        String link = commands.call("people.link", new JsonObject().put("person", person))
                .getString("link");
        PasswordKeys keys = PasswordKeys.of(Password.chosen(password.toCharArray()), random);
        Base64.Encoder base64 = Base64.getEncoder();
        call(
                "people.password",
                new JsonObject()
                        .put("token", link.substring(link.indexOf('#') + 1))
                        .put("salt", base64.encodeToString(keys.salt()))
                        .put("storedKey", base64.encodeToString(keys.storedKey()))
                        .put("serverKey", base64.encodeToString(keys.serverKey())));
    }

    private String secret() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Makes an account for other systems; returns {@code NAME:PASSWORD}. */
    String account() throws IOException {
        String name = "system-" + mark;
        JsonObject made =
                commands.call("accounts.add", new JsonObject().put("name", name).put("label", "Simulation"));
        call("people.grant", new JsonObject().put("name", name).put("role", "integration"));
        return name + ":" + made.getString("password");
    }

    /** Asks every device for a file. */
    void askForFiles(Identities identities) throws IOException {
        for (var identity : identities.all()) {
            call(
                    "upload",
                    new JsonObject()
                            .put("device", identity.device())
                            .put("path", "service/run.log")
                            .put("reason", "simulation"));
        }
    }

    private void call(String command, JsonObject arguments) throws IOException {
        JsonObject answer = commands.call(command, arguments);
        assert answer != null;
    }
}
