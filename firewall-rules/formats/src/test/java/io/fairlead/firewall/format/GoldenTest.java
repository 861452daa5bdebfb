package io.fairlead.firewall.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.firewall.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each format looks like: in {@code golden/}, for readers. What is rendered now lies in {@code target/golden}. */
class GoldenTest {
    static Stream<Format> formats() {
        return Stream.of(
                new Nftables(),
                new Iptables(true),
                new Iptables(false),
                new Windows(),
                new Pfsense(),
                new Squid(),
                new Pac());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_format_looks_as_it_did(Format format) throws IOException {
        String now = format.render(Lists.from(Lists.all(), Cidr.of("10.1.0.0/16"), Cidr.of("fd00::/8")));
        Path folder = Files.createDirectories(Path.of("target", "golden"));
        Files.writeString(folder.resolve(format.fileName()), now);
        assertThat(now).isEqualTo(Golden.read(format.fileName()));
    }
}
