package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are lists of objects, addresses or names, and not commands. */
class PlainListsTest {
    /**
     * Read: "Importing Objects" of the cloud-delivered Firewall Management Center (the five columns, in capitals; fqdn and
     * ipv4_ipv6; at most 1,000 a file); the maker's data model for FMC, "FQDN", "Host", "Port" (names of 64 letters, digits and
     * {@code _.+-}; descriptions of 255); FDM's REST reference (descriptions of 200, names compared without regard to case). Not
     * confirmed: the words host and network for the column TYPE, whether quotes are understood, and what a second import of the
     * same names does.
     */
    private static final Pattern NETWORK_OBJECT =
            Pattern.compile("([A-Za-z0-9_.+-]{1,64}),([A-Za-z0-9 .:/()+_-]{1,200})," + "(?:fqdn,(" + Grammar.HOST
                    + "),ipv4_ipv6|(?:host|network),([0-9a-f.:]+(?:/[0-9]{1,3})?),)");

    private static final Pattern PORT_OBJECT =
            Pattern.compile("([A-Za-z0-9_.+-]{1,64}),(tcp|udp),(" + Grammar.PORT + "),,");

    /**
     * Read: "Formatting Guidelines for an External Dynamic List" (an address or address/mask, a blank, a comment on the same line;
     * addresses of both kinds; one type of entries a list). Not confirmed: a line that is nothing but a comment, which is written
     * only when no name has an address, so that the list would be empty without a word.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("((?:" + Grammar.IPV4 + "|" + Grammar.IPV6 + ")(?:/[0-9]{1,3})?) " + Grammar.PLAIN + "+");

    private static final Pattern NO_ADDRESS = Pattern.compile("# " + Grammar.PLAIN + "+");

    /**
     * Read: "Guidelines for URL Category Exceptions" and, for PAN-OS 10.0, "Create a Custom URL Category" (without the slash an
     * asterisk is taken to follow: {@code example.com.test.info} would match).
     */
    private static final Pattern URL = Pattern.compile("(" + Grammar.HOST + ")/");

    /**
     * Read: Zscaler, "URL Format Guidelines" (small letters, no scheme, host.domain, ASCII, labels of 63, names of 255; a full stop
     * in front would take in what is below; one entry of another form and all are refused).
     */
    private static final Pattern ZSCALER = Pattern.compile("([a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63})+)");

    @Test
    void every_place_and_source_is_an_object_once() {
        many(list -> {
            List<List<String>> rows =
                    rows(new CiscoFtd().render(list), "NAME,DESCRIPTION,TYPE,VALUE,LOOKUP", NETWORK_OBJECT);
            assertThat(rows.stream().map(row -> row.get(2).equals("null") ? row.get(3) : row.get(2)))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    list.rows().stream().map(row -> row.to().text()),
                                    list.sources().stream().map(Cidr::text))
                            .collect(Collectors.toSet()));
            List<List<String>> ports =
                    rows(new CiscoFtdPorts().render(list), "NAME,PROTOCOL,PORT,ICMPCODE,ICMPTYPE", PORT_OBJECT);
            assertThat(ports.stream().map(row -> row.get(1) + row.get(2)))
                    .containsExactlyInAnyOrderElementsOf(list.rows().stream()
                            .flatMap(row -> row.allPorts().stream()
                                    .map(port -> row.protocol().text() + port))
                            .collect(Collectors.toSet()));
        });
    }

    @Test
    void an_address_list_holds_what_is_in_effect_and_names_what_led_nowhere() {
        many(list -> {
            String file = new PaloAltoAddresses().render(list);
            List<String> lines = Grammar.lines(file);
            Set<Destination> places = list.inEffect().stream().map(Row::to).collect(Collectors.toSet());
            Set<String> addresses = places.stream()
                    .flatMap(to -> list.addresses().of(to).stream())
                    .map(Cidr::text)
                    .collect(Collectors.toSet());
            if (addresses.isEmpty()) {
                assertThat(lines)
                        .hasSize(places.isEmpty() ? 0 : 1)
                        .allMatch(line -> NO_ADDRESS.matcher(line).matches());
            } else {
                assertThat(lines.stream()
                                .map(line -> Grammar.groups(line, ADDRESS).get(0)))
                        .containsExactlyInAnyOrderElementsOf(addresses);
            }
            places.stream()
                    .filter(to -> list.addresses().of(to).isEmpty())
                    .forEach(to -> assertThat(lines.get(0)).contains(to.text()));
        });
    }

    @Test
    void lists_of_names_hold_each_name_once() {
        many(list -> {
            assertThat(names(new PaloAltoUrls().render(list), URL))
                    .containsExactlyInAnyOrderElementsOf(hosts(list.inEffect(), ""));
            assertThat(names(new Zscaler().render(list), ZSCALER))
                    .containsExactlyInAnyOrderElementsOf(hosts(list.rows(), "."));
        });
    }

    private static void many(Consumer<Allowlist> test) {
        RandomLists lists = new RandomLists(815);
        for (int i = 0; i < 1_000; i++) {
            test.accept(lists.next());
        }
        test.accept(Lists.of(List.of()));
    }

    private static List<List<String>> rows(String file, String head, Pattern row) {
        List<String> lines = Grammar.lines(file);
        assertThat(lines.get(0)).isEqualTo(head);
        List<List<String>> rows =
                lines.stream().skip(1).map(line -> Grammar.groups(line, row)).toList();
        Set<String> names = new HashSet<>();
        rows.forEach(each -> Grammar.check(names.add(each.get(0).toLowerCase(Locale.ROOT)), each.get(0)));
        return rows;
    }

    private static List<String> names(String file, Pattern line) {
        return Grammar.lines(file).stream()
                .map(each -> Grammar.groups(each, line).get(0))
                .toList();
    }

    private static Set<String> hosts(List<Row> rows, String with) {
        return rows.stream()
                .filter(row -> row.protocol() == Protocol.TCP && row.to() instanceof HostName)
                .map(row -> row.to().text())
                .filter(name -> name.contains(with))
                .collect(Collectors.toSet());
    }
}
