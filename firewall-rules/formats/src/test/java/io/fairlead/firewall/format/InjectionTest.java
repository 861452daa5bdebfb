package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever somebody writes into a catalogue: either it is refused, or every format makes as many rules of it as of harmless
 * text of the same length, with the same characters in them that mean something to a firewall, a shell or a page.
 */
class InjectionTest {
    private static final List<String> HOSTILE = List.of(
            "\n",
            "\r",
            "\r\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "\u000b",
            "\f",
            "\0",
            "\t",
            "\u001b[2J",
            "\u202e",
            "\u2066",
            "\u200b",
            "\ufeff",
            "\ud800",
            "\ufffe",
            "\"",
            "'",
            "`",
            "\\",
            "#",
            ";",
            "|",
            "||",
            "&&",
            "$(reboot)",
            "${x}",
            "`id`",
            "<!--",
            "-->",
            "<script>",
            "</td>",
            "*/",
            "/*",
            "//",
            "!",
            "%0a",
            "\\n",
            "^",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "=",
            "+1",
            "-j ACCEPT",
            "@SUM(1)",
            "\uff1d1",
            "\uff1b",
            "\uff02",
            "\u2019",
            "\u201c",
            "\u00e9",
            "e\u0301",
            "\u212b",
            "\ud83d\ude00",
            "\u05d0",
            "\u0627",
            " accept",
            " permit ip any any",
            " next",
            " edit 0",
            "any",
            "0",
            ".",
            "..",
            "-",
            "--",
            ":",
            "::",
            "/",
            "/0",
            "443",
            "a",
            "Z",
            "xn--",
            "0x7f",
            " ",
            "  ",
            "*",
            "?",
            "~",
            "set ");
    private static final Pattern LINES = Pattern.compile("\\R");
    private static final Pattern MEANINGLESS = Pattern.compile("[A-Za-z0-9 .,:/()+_-]+");
    private static final Pattern NO_MARKUP = Pattern.compile("[^<>\"]+");
    private static final int ROUNDS = Boolean.getBoolean("fairlead.long") ? 20_000 : 400;

    /** What people write; each word as often as it can be in a list. */
    private record Texts(
            Remark title, Remark purpose, Remark note, Word product, Word region, HostName host, Word version) {
        private static final HostName HOST = new HostName("agents.service.example");

        static Texts harmless(Texts like) {
            return new Texts(
                    remark(like.title),
                    remark(like.purpose),
                    remark(like.note),
                    new Word("a".repeat(like.product.value().length())),
                    new Word("a".repeat(like.region.value().length())),
                    HOST,
                    like.version);
        }

        private static Remark remark(Remark like) {
            return new Remark("a".repeat(like.value().length()));
        }

        Allowlist list() {
            Map<HostName, List<Cidr>> of = new HashMap<>();
            of.put(host, List.of(Cidr.of("192.0.2.7"), Cidr.of("2001:db8:1::7")));
            return new Allowlist(
                    title,
                    version,
                    Lists.ISSUED,
                    List.of(
                            row(host, Optional.empty()),
                            row(new HostName("lost.service.example"), Optional.empty()),
                            row(new HostName("later.service.example"), Optional.of(Lists.LATER)),
                            row(Cidr.of("203.0.113.0/24"), Optional.empty()),
                            row(Cidr.of("2001:db8::/48"), Optional.empty())),
                    List.of(Cidr.of("10.1.0.0/16"), Cidr.of("fd00::/8")),
                    new Addresses(Lists.ISSUED, of));
        }

        private Row row(Destination to, Optional<Instant> since) {
            return new Row(
                    to,
                    Protocol.TCP,
                    new TreeSet<>(Set.of(443)),
                    new TreeSet<>(Set.of(17_001)),
                    new TreeSet<>(Set.of(product)),
                    Optional.of(region),
                    purpose,
                    true,
                    since,
                    Optional.empty(),
                    List.of(note));
        }
    }

    static List<String> keys() {
        return Formats.keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void no_text_makes_a_second_rule(String key) throws IOException {
        Format format = Formats.of(key).orElseThrow();
        Random random = new Random(7);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Texts texts = new Texts(
                    hostile(random, Remark::new, new Remark("title")),
                    hostile(random, Remark::new, new Remark("purpose")),
                    hostile(random, Remark::new, new Remark("note")),
                    hostile(random, Word::new, new Word("product")),
                    hostile(random, Word::new, new Word("region")),
                    round % 2 == 0 ? hostile(random, HostName::of, Texts.HOST) : host(random),
                    hostile(random, Word::new, new Word("2026112201")));
            Texts harmless = Texts.harmless(texts);
            taken += texts.purpose.value().equals("purpose") ? 0 : 1;
            check(format, texts.list(), harmless.list());
        }
        // The test would show nothing if hostile texts were all refused.
        assertThat(taken).isGreaterThan(ROUNDS / 10);
    }

    private static void check(Format format, Allowlist hostile, Allowlist harmless) throws IOException {
        String text = format.render(hostile);
        String expected = format.render(harmless);
        Supplier<String> what = () -> hostile.title() + " | " + hostile.rows() + "\n" + text;
        if (!format.key().equals("zscaler")) { // which leaves out names of one label
            assertThat(LINES.split(text, -1).length).as(what).isEqualTo(LINES.split(expected, -1).length);
        }
        assertThat(text).as(what).doesNotContain("\0", "\u001b", "\u202e", "\u2028");
        switch (format.key()) {
            case "table" -> assertThat(text).contains(hostile.title().value());
            case "csv" -> assertThat(cells(text)).as(what).isEqualTo(cells(expected));
            case "json" ->
                assertThat(JsonList.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                                .rows())
                        .isEqualTo(hostile.rows());
            case "html" ->
                assertThat(NO_MARKUP.matcher(text).replaceAll(""))
                        .as(what)
                        .isEqualTo(NO_MARKUP.matcher(expected).replaceAll(""));
            case "zscaler" -> assertThat(text).as(what).matches("([a-z0-9-]+(\\.[a-z0-9-]+)+\n)*");
            default -> assertThat(meaning(text)).as(what).isEqualTo(meaning(expected));
        }
    }

    /** A line each, of what is left when letters, digits and the signs of sentences are taken out. */
    private static List<String> meaning(String text) {
        List<String> left = new ArrayList<>();
        for (String line : LINES.split(text, -1)) {
            left.add(MEANINGLESS.matcher(line).replaceAll(""));
        }
        return left;
    }

    private static List<Integer> cells(String text) throws IOException {
        try (CSVParser records = CSVParser.parse(text, CSVFormat.RFC4180)) {
            return records.stream().map(CSVRecord::size).toList();
        }
    }

    /** Of a few pieces, mostly hostile, now and then 10 kB long; the other one where it is refused. */
    private static <T> T hostile(Random random, Function<String, T> of, T otherwise) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "a" : "");
        int pieces = random.nextInt(100) == 0 ? 5_000 : 1 + random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            text.append(random.nextBoolean() ? "b" : "");
        }
        try {
            return of.apply(text.toString());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    /** Names that are allowed, and that an object's name may be made of: long, of digits, of hyphens, in other scripts. */
    private static HostName host(Random random) {
        String signs = "abz019-";
        StringBuilder name = new StringBuilder();
        int longest = 1 + random.nextInt(200);
        while (name.length() < longest) {
            int label = 1 + random.nextInt(50);
            name.append(random.nextInt(5) == 0 ? "xn--" : "x");
            for (int i = 0; i < label; i++) {
                name.append(signs.charAt(random.nextInt(signs.length())));
            }
            name.append("9.");
        }
        String fit = name.substring(Math.max(0, name.length() - 200));
        return new HostName(fit.replaceFirst("^[-.]+", "").concat("example"));
    }
}
