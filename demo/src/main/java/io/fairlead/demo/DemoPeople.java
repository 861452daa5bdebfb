package io.fairlead.demo;

import io.fairlead.enterprise.login.Password;
import io.fairlead.enterprise.login.PasswordKeys;
import io.fairlead.enterprise.operator.CommandRefused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the people of the demo at its first start, each with a random password, and keeps name and password in a file that
 * only its user reads, so that the next start can say them again.
 */
final class DemoPeople {
    private static final Duration TRAINED_FOR = Duration.ofDays(365);
    private static final int GROUPS = 4;
    private static final int GROUP = 5;
    /** Without those that look alike. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param folder the demo's own */
    DemoPeople(Path folder, Clock clock) {
        this.file = folder.resolve("people.txt");
        this.clock = clock;
    }

    /** The lines that say who may log in, and with what. */
    List<String> there(Server server, int stations) throws IOException {
        if (!Files.exists(file)) {
            List<String> lines = new ArrayList<>();
            for (DemoPerson person : DemoPerson.all()) {
                make(server, person, stations);
            }
            // Last of all: as soon as there are two administrators, roles need both.
            for (DemoPerson person : DemoPerson.all()) {
                String password = password();
                set(server, person, password);
                lines.add(person.name() + "   " + password + "   " + person.role());
            }
            Modes.secretFile(file, String.join("\n", lines) + "\n");
        }
        return Files.readAllLines(file);
    }

    private void make(Server server, DemoPerson person, int stations) {
        try {
            JsonObject added = server.call("people.add", person.added());
            assert added != null;
        } catch (CommandRefused known) {
            // From a start that was broken off before the file was written.
            if (!"conflict".equals(known.key())) {
                throw known;
            }
        }
        JsonObject granted = server.call("people.grant", person.granted());
        assert granted != null;
        if (person.isTrained()) {
            for (String model : models(stations)) {
                JsonObject trained = server.call(
                        "people.train",
                        new JsonObject()
                                .put("name", person.name())
                                .put("model", model)
                                .put("until", clock.instant().plus(TRAINED_FOR).toString())
                                .put("evidence", "made by the demo"));
                assert trained != null;
            }
        }
    }

    private static Set<String> models(int stations) {
        Set<String> models = new LinkedHashSet<>();
        for (int number = 1; number <= stations; number++) {
            models.add(Station.of(number).instrument().model());
        }
        return models;
    }

    private void set(Server server, DemoPerson person, String password) {
        String link = server.call("people.link", new JsonObject().put("person", person.name()))
                .getString("link");
        PasswordKeys keys = PasswordKeys.of(Password.chosen(password.toCharArray()), random);
        Base64.Encoder base64 = Base64.getEncoder();
        JsonObject set = server.call(
                "people.password",
                new JsonObject()
                        .put("token", link.substring(link.indexOf('#') + 1))
                        .put("salt", base64.encodeToString(keys.salt()))
                        .put("storedKey", base64.encodeToString(keys.storedKey()))
                        .put("serverKey", base64.encodeToString(keys.serverKey())));
        assert set != null;
    }

    private String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
