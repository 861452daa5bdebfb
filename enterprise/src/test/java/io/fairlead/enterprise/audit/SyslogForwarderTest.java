package io.fairlead.enterprise.audit;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.identity.Authority;
import io.fairlead.enterprise.identity.Credential;
import io.fairlead.enterprise.identity.OwnCertificates;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogForwarderTest {
    private static final Pattern NUMBER = Pattern.compile("^<109>1 [0-9TZ:.-]+ fl-1 fairlead - instruction\\.created"
            + " \\[audit@32473 number=\"([0-9]+)\" id=\"[0-9]+\" actor=\"");

    @TempDir
    Path folder;

    private TestSeal rig;
    private Sealer sealer;
    private OwnCertificates siem;
    private Path ca;
    private SyslogForwarder forwarder;

    @BeforeEach
    void start() throws Exception {
        rig = new TestSeal(folder.resolve("own"));
        sealer = rig.sealer();
        DataFolder data = new DataFolder(folder.resolve("siem"));
        siem = new OwnCertificates(
                Authority.open(data, Clock.systemUTC(), new SecureRandom()), data, Clock.systemUTC());
        ca = folder.resolve("ca.pem");
        X509Certificate issuer = localhost().chain().get(1);
        Files.writeString(
                ca,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(issuer.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @AfterEach
    void stop() {
        if (forwarder != null) {
            forwarder.stop();
        }
        rig.close();
    }

    @Test
    void every_sealed_row_arrives_in_order_with_the_checkpoint_and_none_twice() throws Exception {
        try (SyslogReceiver receiver = new SyslogReceiver(localhost(), 0)) {
            rig.record(1_100);
            assertThat(await(sealer.seal())).isPositive();
            forward(receiver.port());
            until(() -> forwarder.confirmed() == 1_100);
            rig.record(3);
            assertThat(await(sealer.seal())).isPositive();
            until(() -> forwarder.confirmed() == 1_103);

            assertThat(numbers(receiver)).containsExactlyElementsOf(upTo(1_103));
            assertThat(receiver.faults).isEmpty();
            assertThat(receiver.messages)
                    .anyMatch(message -> message.contains(" audit.checkpoint [checkpoint@32473 number=\"1103\" hash=\""
                            + rig.witness().checkpoint().hash()));
        }
    }

    @Test
    void what_was_on_its_way_when_the_receiver_fell_comes_again_when_it_is_back() throws Exception {
        rig.record(600);
        assertThat(await(sealer.seal())).isPositive();
        Set<Long> arrived = new HashSet<>();
        int port;
        try (SyslogReceiver falling = new SyslogReceiver(localhost(), 0)) {
            port = falling.port();
            falling.resetAfter = 50;
            forward(port);
            until(() -> falling.connections.get() >= 2);
            arrived.addAll(numbers(falling));
        }
        assertThat(forwarder.confirmed()).isZero();
        rig.record(10);
        assertThat(await(sealer.seal())).isPositive();
        forwarder.stop();

        try (SyslogReceiver back = new SyslogReceiver(localhost(), port)) {
            forward(port);
            until(() -> forwarder.confirmed() == 610);

            arrived.addAll(numbers(back));
            assertThat(arrived).containsExactlyInAnyOrderElementsOf(upTo(610));
            forwarder.stop();
            // Another start goes on where the receiver confirmed.
            back.messages.clear();
            rig.record(1);
            assertThat(await(sealer.seal())).isPositive();
            forward(port);
            until(() -> forwarder.confirmed() == 611);
            assertThat(numbers(back)).containsExactly(611L);
        }
    }

    @Test
    void nothing_is_said_to_a_receiver_that_is_somebody_else() throws Exception {
        rig.record(1);
        assertThat(await(sealer.seal())).isPositive();
        try (SyslogReceiver wrongName = new SyslogReceiver(siem.server("other", Set.of("other.example")), 0)) {
            forward(wrongName.port());
            Thread.sleep(2_500);
            assertThat(wrongName.messages).isEmpty();
            assertThat(forwarder.confirmed()).isZero();
        }
    }

    @Test
    void a_file_that_is_no_certificate_is_named_at_the_start() throws Exception {
        Files.writeString(ca, "no certificate");
        assertThatThrownBy(() -> forward(1)).isInstanceOf(CannotStart.class).hasMessageContaining("audit.syslog");
    }

    private Credential localhost() {
        return siem.server("siem", Set.of("localhost"));
    }

    private void forward(int port) {
        forwarder = new SyslogForwarder(
                rig.vertx,
                rig.database,
                new SyslogTarget("localhost", port, ca, Optional.empty()),
                "fl-1",
                sealer::works,
                Clock.systemUTC(),
                Duration.ofMillis(100));
        forwarder.start();
    }

    private static List<Long> numbers(SyslogReceiver receiver) {
        return receiver.messages.stream()
                .map(NUMBER::matcher)
                .filter(Matcher::find)
                .map(found -> Long.parseLong(found.group(1)))
                .toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        for (int i = 0; i < 600 && !reached.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }
}
