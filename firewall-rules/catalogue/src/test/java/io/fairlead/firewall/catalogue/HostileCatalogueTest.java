package io.fairlead.firewall.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import io.fairlead.firewall.format.Format;
import io.fairlead.firewall.format.Formats;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever stands in any text of the YAML: it is refused, or every format has as many lines as with harmless text. */
class HostileCatalogueTest {
    private static final List<String> HOSTILE = List.of(
            "\n",
            "\r",
            "\u2028",
            "\u0085",
            "\0",
            "\t",
            "\u202e",
            "\u2066",
            "\"",
            "'",
            "`",
            "\\",
            "#",
            ";",
            "|",
            "$(x)",
            "-->",
            "<script>",
            "*/",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            ", ",
            "&a",
            "*a",
            "!!x",
            "%",
            "@",
            "a",
            "b",
            " ",
            "é",
            "443",
            "\n  - host: evil.example\n    ports: [443]\n    purpose: x\n",
            "}, {host: evil.example, ports: [443], purpose: x");
    private static final String HARMLESS = "harmless";
    private static final List<String> TEXTS = List.of(
            "TITLE",
            "PRODUCT",
            "PRODUCTNAME",
            "HOST",
            "PURPOSE",
            "NOTE",
            "REGION",
            "NETWORK",
            "SINCE",
            "PROTOCOL",
            "PORT");
    private static final String YAML = """
            title: TITLE
            products: [{ id: PRODUCT, name: PRODUCTNAME }]
            regions: [{ id: REGION, name: "Region" }]
            services:
              - { host: HOST, ports: [PORT], products: [PRODUCT], region: REGION, purpose: PURPOSE, notes: [NOTE], since: SINCE }
              - { network: NETWORK, ports: [443], protocol: PROTOCOL, purpose: PURPOSE }
            """;
    private static final Map<String, String> PLAIN = Map.of(
            "HOST", "a.example", "NETWORK", "192.0.2.0/24", "SINCE", "2026-12-01", "PROTOCOL", "tcp", "PORT", "443");
    private static final Pattern LINES = Pattern.compile("\\R");

    @Test
    void no_text_makes_a_second_rule() throws IOException {
        Map<String, Integer> expected = new HashMap<>();
        Catalogue harmless = read(Map.of(), false).orElseThrow();
        for (Format format : Formats.ALL) {
            expected.put(format.key(), lines(format, harmless));
        }
        Random random = new Random(11);
        int taken = 0;
        for (int round = 0; round < 800; round++) {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            Optional<Catalogue> read = read(Map.of(text, hostile(random)), random.nextInt(4) == 0);
            if (read.isPresent()) {
                taken++;
                for (Format format : Formats.ALL) {
                    assertThat(lines(format, read.get()))
                            .as(() -> format.key() + " of " + read.get())
                            .isEqualTo(expected.get(format.key()));
                }
            }
        }
        assertThat(taken).isBetween(50, 750);
    }

    /** Quoted in JSON's way, or raw, as somebody would who means harm to the file itself. */
    private static Optional<Catalogue> read(Map<String, String> texts, boolean raw) throws IOException {
        String yaml = YAML;
        for (String text :
                TEXTS.stream().sorted((a, b) -> b.length() - a.length()).toList()) {
            String value = texts.getOrDefault(text, PLAIN.getOrDefault(text, HARMLESS));
            boolean asItIs = text.equals("PORT") || raw && texts.containsKey(text);
            yaml = yaml.replace(text, asItIs ? value : quoted(value));
        }
        try {
            Catalogue catalogue = CatalogueTest.read(yaml);
            // Raw text may well be more than a text, such as a second note: it need only be read, or refused.
            return raw ? Optional.empty() : Optional.of(catalogue);
        } catch (CatalogueException refused) {
            assertThat(refused.faults()).isNotEmpty().allMatch(fault -> fault.line() >= 1 && fault.column() >= 1);
            assertThat(refused.getMessage()).doesNotContain("\0", "\r", "\u2028", "\u202e", "\u0085");
            return Optional.empty();
        }
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> quoted.append("\\U%08x".formatted(c)));
        return quoted.append('"').toString();
    }

    private static int lines(Format format, Catalogue catalogue) {
        List<Row> rows = catalogue.rows();
        Allowlist list = new Allowlist(
                catalogue.title(),
                new Word("1"),
                Instant.parse("2026-11-22T08:00:00Z"),
                rows,
                List.of(),
                new Addresses(Instant.parse("2026-11-22T08:00:00Z"), Map.of()));
        return LINES.split(format.render(list), -1).length;
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a" : "");
        int pieces = random.nextInt(200) == 0 ? 5_000 : 1 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        }
        return text.toString();
    }
}
