package io.fairlead.firewall.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    private static final String WHOLE = """
            title: Example Diagnostics remote service
            products:
              - { id: blood-analysers, name: Blood analysers }
              - { id: imaging, name: "Imaging, all of it", models: [CT 9, "MR/3"] }
            regions:
              - { id: eu, name: Europe }
            domains:
              - { name: service.example, region: eu, products: [blood-analysers] }
              - { name: old.service.example }
            networks:
              - { cidr: 203.0.113.0/24 }
            services:
              - host: Agents.service.example
                ports: [443]
                further-ports: [17001, 17002]
                protocol: tcp
                direction: outbound
                products: [blood-analysers]
                region: eu
                purpose: Status, files and instructions
                required: true
                since: 2026-12-01
                until: 2027-06-30T06:00:00Z
                notes: ["Do not inspect TLS: instruments show certificates of their own"]
              - { network: 198.51.100.7, ports: [123], protocol: udp, purpose: Time, required: false }
            """;

    @Test
    void a_device_dials_what_its_region_and_its_model_say_and_everything_when_they_say_nothing() throws IOException {
        Catalogue catalogue = read(WHOLE.replace("Blood analysers }", "Blood analysers, models: [AU480, CT 9] }"));
        Optional<Word> eu = Optional.of(new Word("eu"));

        assertThat(catalogue.placeOf("EU", "AU480")).isEqualTo(new Place(eu, products("blood-analysers")));
        assertThat(catalogue.placeOf("europe", "CT 9"))
                .isEqualTo(new Place(eu, products("blood-analysers", "imaging")));
        assertThat(catalogue.placeOf("apac", "MR/3")).isEqualTo(new Place(Optional.empty(), products("imaging")));
        assertThat(catalogue.placeOf("eu", "au480")).isEqualTo(new Place(eu, products()));
    }

    private static TreeSet<Word> products(String... ids) {
        return Stream.of(ids).map(Word::new).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void what_is_wrong_with_a_model_is_said_where_it_stands() {
        assertThat(catchThrowableOfType(
                                CatalogueException.class,
                                () -> read(WHOLE.replace("[CT 9, \"MR/3\"]", "[CT 9, 7, \"a\\tb\", CT 9]")))
                        .faults())
                .extracting(CatalogueFault::line)
                .isNotEmpty()
                .containsOnly(4);
    }

    @Test
    void a_catalogue_becomes_rows() throws IOException {
        Catalogue catalogue = read(WHOLE);

        assertThat(catalogue.title().value()).isEqualTo("Example Diagnostics remote service");
        assertThat(catalogue.rows())
                .containsExactly(
                        new Row(
                                Destination.of("198.51.100.7"),
                                Protocol.UDP,
                                new TreeSet<>(Set.of(123)),
                                new TreeSet<>(),
                                new TreeSet<>(),
                                Optional.empty(),
                                new Remark("Time"),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()),
                        new Row(
                                Destination.of("agents.service.example"),
                                Protocol.TCP,
                                new TreeSet<>(Set.of(443)),
                                new TreeSet<>(Set.of(17_001, 17_002)),
                                new TreeSet<>(Set.of(new Word("blood-analysers"))),
                                Optional.of(new Word("eu")),
                                new Remark("Status, files and instructions"),
                                true,
                                Optional.of(Instant.parse("2026-12-01T00:00:00Z")),
                                Optional.of(Instant.parse("2027-06-30T06:00:00Z")),
                                List.of(new Remark("Do not inspect TLS: instruments show certificates of their own"))));
    }

    @Test
    void live_hosts_have_the_place_of_the_nearest_name_around_them() throws IOException {
        Catalogue catalogue = read(WHOLE);

        assertThat(place(catalogue, "relay.service.example")).contains("eu [blood-analysers]");
        assertThat(place(catalogue, "service.example")).contains("eu [blood-analysers]");
        assertThat(place(catalogue, "a.old.service.example")).contains("- []");
        assertThat(place(catalogue, "203.0.113.9")).contains("- []");
        assertThat(place(catalogue, "198.51.100.7")).contains("- []");
        assertThat(place(catalogue, "myservice.example")).isEmpty();
        assertThat(place(catalogue, "203.0.114.9")).isEmpty();
        assertThat(catalogue.placeOf(Destination.of("x.service.example"))).isPresent();
        assertThat(catalogue.placeOf(Destination.of("service.example.attacker.example")))
                .isEmpty();
    }

    private static Optional<String> place(Catalogue catalogue, String live) {
        return catalogue
                .placeOf(Destination.of(live))
                .map(place -> place.region().map(Word::value).orElse("-") + " " + place.products());
    }

    @Test
    void the_shipped_catalogue_names_this_machine_alone() {
        Catalogue shipped = Catalogue.shipped();

        assertThat(shipped.rows()).isEmpty();
        assertThat(List.of("localhost", "127.0.0.1", "::1"))
                .allMatch(live -> shipped.placeOf(Destination.of(live)).isPresent());
        assertThat(List.of("example.com", "10.0.0.1", "::2"))
                .noneMatch(live -> shipped.placeOf(Destination.of(live)).isPresent());
    }

    @Test
    void the_example_of_the_documents_is_a_catalogue() throws IOException {
        String text = Files.readString(Path.of(System.getProperty("fairlead.root", "../.."), "docs/catalogue.md"));
        String yaml = text.substring(text.indexOf("```yaml\n") + 8, text.indexOf("```\n", text.indexOf("```yaml")));

        assertThat(Catalogue.read("docs/catalogue.md", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                        .rows())
                .hasSize(1);
    }

    @Test
    void all_faults_come_at_once_in_the_order_of_the_text(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("catalogue.yaml");
        Files.writeString(file, """
                titel: Example
                products:
                  - { id: Blood, name: Blood analysers }
                services:
                  - host: agents.*.example
                    ports: [443, 70000]
                    purpose: Status
                    product: [blood]
                  - ports: 443
                    region: mars
                    purpose: "one\\ntwo"
                    since: tomorrow
                """);

        assertThatThrownBy(() -> Catalogue.read(file))
                .isInstanceOf(CatalogueException.class)
                .hasMessage("""
                        FILE:1:1: "titel" is no key here; did you mean title?
                        FILE:1:1: title is missing here
                        FILE:3:11: "Blood" is 1 to 40 small letters, digits and hyphens, such as blood-analysers
                        FILE:5:11: "agents.*.example" is no host name: letters, digits, hyphens and dots, such as agents.example
                        FILE:6:18: "70000" is no port: 1 to 65535
                        FILE:8:5: "product" is no key here; did you mean products?
                        FILE:9:5: a service has either host or network
                        FILE:9:12: ports is a list, and this is a number
                        FILE:10:13: "mars" is no region of this catalogue; it has none: list them under regions
                        FILE:11:14: "one\ufffdtwo" is not one line of 1 to 300 printable characters
                        FILE:12:12: "tomorrow" is neither a day such as 2026-12-01 nor a time such as 2026-12-01T06:00:00Z""".replace("FILE", file.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "title: ~title: [~2:9: this is no YAML: expected ',' or ']', but got ",
                "eu, name~eu, id: eu, name~6:15: \"id\" stands here for the second time",
                "[443]~&p [443]~14:12: anchors (&) are not read here; write it out",
                "[443]~*p~14:12: aliases (*) are not read here; write it out",
                "[443]~!!set [443]~14:12: tags (!) are not read here",
                "[443]~[!!int 443]~14:13: tags (!) are not read here",
                "[443]~[[[[[[[[[[[[443]]]]]]]]]]]~14:20: this is nested more deeply than anything in a catalogue",
                "[443]~[]~14:12: ports is empty: leave it out instead",
                "[443]~[443, 443]~14:12: ports has an entry twice",
                "[443]~[443.5]~14:13: an entry of ports is a number, and this is a fraction",
                "[443]~[\"443\"]~14:13: an entry of ports is a number, and this is text",
                "[443]~[0]~14:13: \"0\" is no port: 1 to 65535",
                "[443]~[99999999999999999999]~14:13: \"99999999999999999999\" is no port: 1 to 65535",
                "[443]~[443, 17001]~15:20: a port stands among ports and among further-ports",
                "Agents.service.example~192.0.2.7~13:11: \"192.0.2.7\" is an address: write network instead of host",
                "Agents.service.example~443~13:11: host is text, and this is a number",
                "Agents.service.example~\"a.example;b\"~13:11: \"a.example;b\" is no host name",
                "198.51.100.7~198.51.100.7/24~25:16: \"198.51.100.7/24\" has bits set behind its prefix",
                "198.51.100.7~10.0.0.0/33~25:16: \"10.0.0.0/33\" has a prefix of 33",
                "198.51.100.7~any~25:16: \"any\" is no address and no network",
                "network: 198~host: a.example, network: 198~25:5: a service has either host or network",
                "protocol: udp~protocol: icmp~25:54: protocol is tcp or udp, not \"icmp\"",
                "direction: outbound~direction: inbound~17:16: direction is outbound, not \"inbound\"",
                "required: false~required: maybe~25:84: required is true or false, and this is text",
                "purpose: Time,~~25:5: purpose is missing here",
                "2026-12-01~2026-02-30~22:12: \"2026-02-30\" is neither a day",
                "2026-12-01~2027-12-01~23:12: this ends before it begins: until is not after since",
                "region: eu, products~region: us, products~8:38: \"us\" is no region of this catalogue; it has eu",
                "[blood-analysers] }~[blood-analyser] }~8:53: \"blood-analyser\" is no product of this catalogue; did you mean blood-analysers?",
                "id: imaging~id: blood-analysers~4:11: \"blood-analysers\" stands twice in this list",
                "old.service.example~service.example~9:13: \"service.example\" stands twice in this list",
                "network: 198.51.100.7, ports: [123], protocol: udp~host: agents.service.example, ports: [17001]~25:5: a service before this one has agents.service.example and tcp port 17001 already",
                "networks:~network:~10:1: \"network\" is no key here; did you mean networks?",
            })
    void what_is_wrong_is_said_with_its_place(String part, String instead, String fault) {
        assertThat(WHOLE).contains(part);
        String text = WHOLE.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(instead == null ? "" : instead));

        assertThat(faults(text)).contains("\n" + fault);
    }

    @Test
    void what_is_no_text_is_refused() throws IOException {
        assertThat(faults("")).isEqualTo("\n1:1: there is nothing in it");
        assertThat(faults("# nothing")).isEqualTo("\n1:1: there is nothing in it");
        assertThat(faults("title: One\n---\ntitle: Another"))
                .isEqualTo("\n2:1: a second document begins; a catalogue is one");
        assertThat(faults("just words")).isEqualTo("\n1:1: a catalogue is a group of keys, and this is text");
        assertThat(faults("title: a\nx\0y")).isEqualTo("\n2:2: the character U+0000 may not stand in YAML");
        assertThat(faults("title: a\n" + " ".repeat(1 << 20)))
                .isEqualTo("\n1:1: this is longer than 1 MiB, the most a catalogue has");
        CatalogueException notUtf8 = catchThrowableOfType(
                CatalogueException.class,
                () -> Catalogue.read("x", new ByteArrayInputStream(new byte[] {'a', '\n', 'b', (byte) 0xff})));
        assertThat(notUtf8).hasMessage("x:2:2: this is not UTF-8");
        assertThat(read("\ufefftitle: With a mark of its byte order").rows()).isEmpty();
    }

    @Test
    void a_bomb_of_aliases_or_of_depth_stays_small() {
        StringBuilder bomb = new StringBuilder("title: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("k%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(faults(bomb.toString())).contains("aliases (*) are not read here");
        assertThat(faults("[".repeat(100_000))).contains("1:12: this is nested more deeply");
        assertThat(faults("{a: ".repeat(100_000))).contains("nested more deeply");
        assertThat(faults("? ".repeat(100_000))).contains("a key is a word");
        assertThat(faults("- ".repeat(100_000))).contains("nested more deeply");
    }

    @Test
    void of_very_many_faults_the_first_hundred_are_told() {
        String[] lines =
                faults("title: T\nproducts:\n" + "- 7\n".repeat(150)).strip().split("\n");

        assertThat(lines).hasSize(101);
        assertThat(lines[0]).isEqualTo("3:3: an entry of products is a group of keys, and this is a number");
        assertThat(lines[100]).isEqualTo("103:3: and 50 more from here on");
    }

    @Test
    void the_schema_describes_every_key() throws IOException {
        assertThat(Catalogue.schema()).contains("https://json-schema.org/draft/2020-12/schema");
        JsonNode schema = new ObjectMapper().readTree(Catalogue.schema());
        schema.findValues("properties")
                .forEach(keys -> keys.properties()
                        .forEach(key -> assertThat(
                                        key.getValue().path("description").asText())
                                .as(key.getKey())
                                .endsWith(".")));
    }

    private static String faults(String text) {
        CatalogueException wrong = catchThrowableOfType(CatalogueException.class, () -> read(text));
        assertThat(wrong).as(text.substring(0, Math.min(200, text.length()))).isNotNull();
        return wrong.faults().stream().map(fault -> "\n" + fault).collect(Collectors.joining());
    }

    static Catalogue read(String text) throws IOException {
        return Catalogue.read("catalogue.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
