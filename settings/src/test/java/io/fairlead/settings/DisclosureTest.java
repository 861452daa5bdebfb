package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisclosureTest {
    @TempDir
    private Path folder;

    @Test
    void what_leaves_the_house_has_no_secret_no_person_and_no_comment() throws IOException {
        String told = of("""
                # the door code is s3cret-1
                servers = ["agents.example:443"]
                proxy { address = "http://anna:s3cret-2@proxy.example:3128", password-file = "/etc/s3cret-3" }
                commands = [{ name = ups, command = ["/usr/bin/upsc", "-p", "s3cret-4", "ups@localhost"], timeout = 10s }]
                approvers { people = [s3cret-5, s3cret-6], group = lab }
                "api-token" = "s3cret-7"
                nested { deep = [{ Secret = { a = s3cret-8 } }] }
                """);

        assertThat(told)
                .doesNotContain("s3cret")
                .doesNotContain("anna")
                .contains("agents.example:443", "http://***@proxy.example:3128", "/usr/bin/upsc", "10s", "group=lab");
    }

    @Test
    void what_cannot_be_read_is_said_so_without_its_content() throws IOException {
        assertThat(of("a = [ s3cret")).startsWith("# is no HOCON").doesNotContain("s3cret");
        assertThat(of("a = ${s3cret-home}")).doesNotContain("s3cret-home");
        assertThat(Disclosure.of(folder.resolve("nowhere"))).isEqualTo("# cannot be read\n");
    }

    private String of(String text) throws IOException {
        return Disclosure.of(Files.writeString(folder.resolve("site.conf"), text));
    }
}
