package io.fairlead.firewall.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Row;
import io.fairlead.firewall.Selection;
import io.fairlead.firewall.Word;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped example says what the paper says, no more and no less. */
class BayerTest {
    private static final String RADIMETRICS = """
            Hostname	Port 443	Port 17001	Port 17002	Port 80	Port 8080
            subversion.assembla.com	X			X
            supportserver.radimetrics.com	X			X	X
            uksupportserver.radimetrics.com	X			X	X
            medrad.axeda.com	X	X	X
            ghsj1.axeda.com	X	X	X
            ghsom1.axeda.com	X	X	X
            gas-aus.axeda.com	X	X	X
            ghjap1.axeda.com	X	X	X
            ghuk1.axeda.com	X	X	X
            """;
    private static final String MEDRAD = """
            Hostname	Port 443	Port 17001	Port 17002
            medrad.axeda.com	X	X	X
            ghsj1.axeda.com	X	X	X
            ghsom1.axeda.com	X	X	X
            gas-aus.axeda.com	X	X	X
            ghjap1.axeda.com	X	X	X
            ghuk1.axeda.com	X	X	X
            """;

    @Test
    void both_tables_of_the_paper_come_out_of_the_example() throws IOException {
        Catalogue bayer = bayer();

        assertThat(bayer.products())
                .extracting(product -> product.name().value())
                .containsExactly("Radimetrics™ Enterprise Platform", "MEDRAD® Injection System Fluid Delivery Devices");
        assertThat(table(bayer, "radimetrics", List.of(443, 17_001, 17_002, 80, 8080)))
                .isEqualTo(sorted(RADIMETRICS));
        assertThat(table(bayer, "medrad", List.of(443, 17_001, 17_002))).isEqualTo(sorted(MEDRAD));
        assertThat(bayer.rows()).hasSize(9).allMatch(Row::required);
    }

    static Catalogue bayer() throws IOException {
        try (InputStream text = Catalogue.class.getResourceAsStream("examples/bayer.yaml")) {
            return Catalogue.read("bayer.yaml", text);
        }
    }

    private static List<String> table(Catalogue catalogue, String product, List<Integer> ports) {
        List<String> lines = new ArrayList<>();
        lines.add("Hostname\t" + ports.stream().map(port -> "Port " + port).collect(Collectors.joining("\t")));
        new Selection(Optional.of(new Word(product)), Optional.empty(), Optional.empty(), false)
                .of(catalogue.rows()).stream()
                        .peek(row -> assertThat(ports).containsAll(row.allPorts()))
                        .map(row -> row.to().text()
                                + ports.stream()
                                        .map(port -> "\t" + (row.ports().contains(port) ? "X" : ""))
                                        .collect(Collectors.joining())
                                        .stripTrailing())
                        .forEach(lines::add);
        return lines;
    }

    /** The paper's order is nobody's; lists have theirs. */
    private static List<String> sorted(String table) {
        List<String> lines = new ArrayList<>(table.lines().skip(1).sorted().toList());
        lines.add(0, table.lines().findFirst().orElseThrow());
        return lines;
    }
}
