package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void a_row_is_a_line_and_nothing_in_it_is_a_formula() {
        assertThat(new Csv()
                        .render(Lists.from(
                                Lists.of(List.of(Lists.AGENTS, Lists.ANNOUNCED)),
                                Cidr.of("10.1.0.0/16"),
                                Cidr.of("fd00::/8"))))
                .isEqualTo("to,protocol,ports,further-ports,direction,source,required,products,region,since,until,"
                        + "purpose,notes,version,issued\r\n"
                        + "agents.service.example,tcp,443,17001 17002,outbound,10.1.0.0/16 fd00::/8,yes,,,,,"
                        + "Status and files,,2026112201,2026-11-22T08:00:00Z\r\n"
                        + "new.service.example,udp,123,,outbound,10.1.0.0/16 fd00::/8,no,blood-analysers,eu,"
                        + "2026-12-01T00:00:00Z,2027-06-30T00:00:00Z,\"Time, \"\"from\"\" us & others\","
                        + "Do not inspect; =1+1,2026112201,2026-11-22T08:00:00Z\r\n");
    }
}
