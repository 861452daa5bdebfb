package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Firewalls that cannot run here: each file is read by the grammar that the maker wrote down. */
class MakersTest {
    private static final int MANY = 1_000;
    /** Lines that let nothing out. */
    private static final Pattern SAID = Pattern.compile("^[#!]|description|remark|set comments? |tag Fairlead$");

    private static final List<String> FOREIGN = List.of(
            "access-list FAIRLEAD extended permit ip any any",
            "no access-list FAIRLEAD",
            "clear configure access-list",
            "access-group FAIRLEAD in interface inside",
            "delete rulebase security rules FL-agents_service_example-443",
            "set rulebase security rules FL-all from any to any source any destination any application any"
                    + " service any action allow",
            "set rulebase security rules FL-none from any to any source any destination any application any"
                    + " service any action deny",
            "config system global",
            "        set action deny",
            "    delete 1",
            "purge",
            "cli publish",
            "rule 'FL-all' source Any destination Any service Any action Accept track.type Log comments 'x'",
            "object network 'FLN_0' subnet '0.0.0.0' mask-length 0 ignore-warnings true comments 'x'; reboot",
            "delete security policies",
            "set security policies default-policy permit-all",
            "set security policies from-zone trust to-zone untrust policy FL-all match application any",
            "deactivate security");

    record Maker(Format format, Supplier<Grammar> grammar, Function<Allowlist, Set<Permit>> meant) {
        @Override
        public String toString() {
            return format.key();
        }
    }

    static List<Maker> makers() {
        return List.of(
                new Maker(new CiscoAsa(), CiscoAsaGrammar::new, Permit::ofEachKind),
                new Maker(new PaloAlto(), PaloAltoGrammar::new, Permit::of),
                new Maker(new FortiGate(), FortiGateGrammar::new, Permit::ofEachKind),
                new Maker(new CheckPoint(), CheckPointGrammar::new, Permit::of),
                new Maker(new JuniperSrx(), JuniperSrxGrammar::new, Permit::of));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void whatever_the_list_the_file_lets_out_what_it_names_and_nothing_else(Maker maker) {
        RandomLists lists = new RandomLists(4711);
        for (int i = 0; i < MANY; i++) {
            Allowlist list = lists.next();
            assertThat(maker.grammar().get().read(maker.format().render(list)))
                    .isEqualTo(maker.meant().apply(list));
        }
    }

    @ParameterizedTest
    @MethodSource("makers")
    void a_line_that_is_missing_and_one_too_many_are_noticed(Maker maker) {
        List<String> lines = maker.format().render(Lists.all()).lines().toList();
        Set<Permit> meant = maker.meant().apply(Lists.all());
        for (int i = 0; i < lines.size(); i++) {
            List<String> fewer = new ArrayList<>(lines);
            if (!SAID.matcher(fewer.remove(i)).find()) {
                assertThat(read(maker, fewer)).as(lines.get(i)).isNotEqualTo(Optional.of(meant));
            }
            for (String foreign : FOREIGN) {
                List<String> more = new ArrayList<>(lines);
                more.add(i, foreign);
                assertThat(read(maker, more)).as(foreign).isEmpty();
            }
        }
    }

    private static Optional<Set<Permit>> read(Maker maker, List<String> lines) {
        try {
            return Optional.of(maker.grammar().get().read(String.join("\n", lines) + "\n"));
        } catch (AssertionError | RuntimeException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @MethodSource("makers")
    void an_empty_list_is_a_file_that_lets_nothing_out(Maker maker) {
        assertThat(maker.grammar().get().read(maker.format().render(Lists.of(List.of()))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asa",
                "ftd",
                "ftd-ports",
                "paloalto",
                "paloalto-edl",
                "paloalto-edl-url",
                "fortigate",
                "checkpoint",
                "srx",
                "zscaler"
            })
    void a_list_is_written_like_this(String key) {
        Format format = Formats.of(key).orElseThrow();
        Allowlist list = Lists.from(Lists.all(), Cidr.of("10.20.0.0/16"));

        assertThat(format.render(list)).isEqualTo(Golden.read(format.fileName()));
    }
}
