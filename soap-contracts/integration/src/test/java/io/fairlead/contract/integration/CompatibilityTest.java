package io.fairlead.contract.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A client that somebody made from an older WSDL goes on working. {@code src/test/resources/contract.txt} records what was
 * promised; what is added is recorded by
 *
 * <pre>
 *   mvn -pl soap-contracts/integration -am test -Dtest=CompatibilityTest -Dcontract.record=additions \
 *       -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * and {@code -Dcontract.record=everything} records breaks as well, which is for contracts that nobody was given yet.
 */
class CompatibilityTest {
    private static final Path RECORD = Path.of("src/test/resources/contract.txt");
    private static final String HEAD = """
            # What wsdl/integration promises to clients; written by CompatibilityTest, which says how. NAME TYPE LEAST..MOST
            """;
    private static final String MODE = System.getProperty("contract.record", "");

    private static Contract is;
    private static Contract was;

    @BeforeAll
    static void read() throws IOException {
        is = Contract.read(WsdlFolder.PATH);
        was = Files.exists(RECORD) ? Contract.of(Files.readString(RECORD)) : new Contract(Map.of());
        boolean additions =
                MODE.equals("additions") && Compatibility.breaks(was, is).isEmpty();
        if (additions || MODE.equals("everything")) {
            Files.writeString(RECORD, HEAD + is.text());
            was = is;
        }
    }

    @Test
    void no_change_breaks_a_client_that_was_made_before() {
        assertThat(Compatibility.breaks(was, is)).isEmpty();
    }

    @Test
    void what_is_promised_is_on_record() {
        assertThat(was.text())
                .as("The contract has grown: record it, as the comment of this class says")
                .isEqualTo(is.text());
    }

    private static Contract with(String from, String to) {
        assertThat(is.text()).contains(from);
        return Contract.of(is.text().replace(from, to));
    }

    private static ListAssert<String> breaksOf(String from, String to) {
        return assertThat(Compatibility.breaks(is, with(from, to)));
    }

    @Test
    void what_is_removed_renamed_or_moved_breaks() {
        breaksOf("  retiredAt common:Time 0..1\n", "").isNotEmpty();
        breaksOf("  serialNumber common:Property 1..1\n  state", "  serial common:Property 1..1\n  state")
                .isNotEmpty();
        breaksOf(
                        "  customer common:Property 1..1\n  site common:Property 1..1\n  region",
                        "  site common:Property 1..1\n  customer common:Property 1..1\n  region")
                .isNotEmpty();
        breaksOf("operation DeviceService.FindById\n", "operation DeviceService.GetById\n")
                .isNotEmpty();
        breaksOf(":DeviceService:FindById", ":DeviceService:Get").isNotEmpty();
        breaksOf("/services/v1/DeviceService", "/services/v2/DeviceService").isNotEmpty();
    }

    @Test
    void what_is_narrowed_breaks() {
        breaksOf("  device device:NewDevice 1..500\n", "  device device:NewDevice 1..100\n")
                .isNotEmpty();
        breaksOf("  sortAscending xs:boolean 0..1\n", "  sortAscending xs:boolean 1..1\n")
                .isNotEmpty();
        breaksOf(
                        "simple common:SearchText\n  base xs:string\n  maxLength 200",
                        "simple common:SearchText\n  base xs:string\n  maxLength 100")
                .isNotEmpty();
    }

    @Test
    void optional_elements_at_the_end_break_nothing_others_do() {
        String end = "type device:NewGroup\n  ref common:Reference 0..1\n  id device:GroupId 1..1\n"
                + "  description common:ShortText 1..1\n";
        breaksOf(end, end + "  colour common:ShortText 0..1\n").isEmpty();
        breaksOf(end, end + "  colour common:ShortText 1..1\n").isNotEmpty();
        breaksOf(end, end.replace("  id", "  colour common:ShortText 0..1\n  id"))
                .isNotEmpty();
    }

    @Test
    void what_clients_only_send_may_become_wider() {
        breaksOf("  device device:NewDevice 1..500\n", "  device device:NewDevice 1..900\n")
                .isEmpty();
        breaksOf("enum device:DeviceSort\n", "enum device:DeviceSort\n  colour\n")
                .isEmpty();
        breaksOf(
                        "simple common:SearchText\n  base xs:string\n  maxLength 200",
                        "simple common:SearchText\n  base xs:string\n  maxLength 300")
                .isEmpty();
    }

    @Test
    void what_clients_read_keeps_its_values_and_counts() {
        breaksOf("enum device:DeviceState\n", "enum device:DeviceState\n  asleep\n")
                .isNotEmpty();
        breaksOf(
                        "simple common:Text\n  base xs:string\n  maxLength 1024",
                        "simple common:Text\n  base xs:string\n  maxLength 4096")
                .isNotEmpty();
        breaksOf("  lastContact common:Time 0..1\n  address", "  lastContact common:Time 1..1\n  address")
                .isNotEmpty();
    }

    @Test
    void what_subscribers_are_sent_does_not_even_grow() {
        breaksOf("  session consumer:Session 0..1\n", "  session consumer:Session 0..1\n  more common:Text 0..1\n")
                .isNotEmpty();
    }
}
