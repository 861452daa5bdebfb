package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {
    @Test
    void a_table_has_a_line_for_each_row_with_its_ports() {
        assertThat(new Table().render(Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"))))
                .isEqualTo("""
                        Example Diagnostics remote service
                        Version 2026112201, issued 2026-11-22 08:00 UTC.
                        Every connection is outbound, from 10.1.0.0/16. Nothing has to be let in.
                        Ports in brackets are used where they are open; nothing fails without them.

                        HOST OR NETWORK         PROTOCOL  PORTS               NEEDED  PRODUCTS         REGION  DATES (UTC)                        NOTES  WHAT FOR
                        agents.service.example  TCP       443 (17001, 17002)  yes                                                                        Status and files
                        lost.service.example    TCP       443                 yes                                                                        Status and files
                        new.service.example     UDP       123                 no      blood-analysers  eu      from 2026-12-01, until 2027-06-30  1, 2   Time, "from" us & others
                        203.0.113.0/24          TCP       443                 yes                                                                        Status and files
                        2001:db8::/48           TCP       443, 8443           yes                                                                        Status and files

                        1: Do not inspect
                        2: =1+1
                        """);
    }

    @Test
    void columns_that_nobody_needs_are_left_out() {
        assertThat(new Table().render(Lists.of(List.of(Lists.NETWORK)))).endsWith("""
                        HOST OR NETWORK  PROTOCOL  PORTS  NEEDED  WHAT FOR
                        203.0.113.0/24   TCP       443    yes     Status and files
                        """);
    }

    @Test
    void a_page_is_whole_by_itself_and_holds_text_only() {
        Row row = Lists.AGENTS;
        Row hostile = new Row(
                row.to(),
                row.protocol(),
                row.ports(),
                row.furtherPorts(),
                row.products(),
                row.region(),
                new Remark("<script>alert('1')</script> & \"2\""),
                row.required(),
                row.since(),
                row.until(),
                List.of(new Remark("<img src=x>")));

        assertThat(new Html().render(Lists.of(List.of(hostile))))
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;2&quot;")
                .contains("&lt;img src=x&gt;")
                .doesNotContain("<script", "<img", "src=\"", "url(", "http:", "https:")
                .contains("content=\"" + Html.POLICY + "\"");
    }
}
