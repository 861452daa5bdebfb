package io.fairlead.enterprise.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.enterprise.people.RightsTable;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody types into an address or a form: he is told what is wrong with it, never that the server failed. */
class NonsenseTest {
    private static final List<String> VALUES = List.of(
            "%00",
            "%F0%9F%98%80%3Cb%3E%27%22%5C%E2%80%AE%0A",
            "9999-12-31",
            "%2B999999999-12-31",
            "%2B1000000000-12-31T23%3A59%3A59Z~1",
            "-1",
            "99999999999999999999",
            "%FF");
    private static final String LONG = "a".repeat(900);
    private static final List<String> FIELDS = List.of(
                    "q after page size sort order state health customer site region model alarm device who from to zone people before what"
                            .split(" "),
                    "subject text item range past events least all offset reason name displayName organisation role until evidence"
                            .split(" "),
                    "newPasskey serial keep sure action key otherKey value diagnostic path copy comment version counter witness made"
                            .split(" "),
                    "packageReason sha256 staged last replace label width zoom limit".split(" "),
                    "minutes other use terminal standing end all days overlap addresses service operation soap group devices description product profile source format purpose"
                            .split(" "))
            .stream()
            .flatMap(Arrays::stream)
            .toList();

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Estate estate;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        estate = new Estate(server);
        estate.prepare(new Judged().holders());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void no_nonsense_in_an_address_or_a_form_makes_a_page_fail() {
        String unused = server.sql(
                "INSERT INTO person_training (person, model, until, evidence, recorded_at, recorded_by)"
                        + " SELECT 'operator.everywhere.none', model, now() + interval '1 year', 'x', now(), 'test' FROM device");
        Web web = server.browser(server.session("operator.everywhere.none", "browser", true, false));
        Map<String, String> parts = new HashMap<>(estate.parts("its-people"));
        parts.putAll(estate.parts(RightsTable.devices().keySet().iterator().next()));
        List<String> failed = new ArrayList<>();
        for (RouteLine line : RouteLine.all()) {
            if (Set.of("own", "live", "lane", "public").contains(line.on())) {
                continue;
            }
            // A long address is refused by the listener itself.
            for (String value : line.changes() && !line.on().equals("another\'s")
                    ? Stream.concat(VALUES.stream(), Stream.of(LONG)).toList()
                    : VALUES) {
                String sent = line.sent().startsWith("{") ? json(value) : form(value);
                String real = line.path(parts);
                String odd = line.path().replaceAll(":[a-z]+", value);
                Stream.of(real, value.equals(LONG) ? real : odd).distinct().forEach(path -> {
                    HttpResponse<String> answer = web.ask(line.method(), path, sent);
                    if (answer.statusCode() >= 500) {
                        failed.add(line.mounted() + (path.equals(real) ? " sent " : " at ") + value + ": "
                                + answer.statusCode());
                    }
                });
            }
        }
        assertThat(failed).isEmpty();
    }

    private static String form(String value) {
        return FIELDS.stream().map(field -> field + "=" + value).collect(Collectors.joining("&"));
    }

    private static String json(String value) {
        JsonObject json = new JsonObject();
        FIELDS.forEach(field -> json.put(field, URLDecoder.decode(value, StandardCharsets.UTF_8)));
        return json.put("size", 1).encode();
    }
}
