package io.fairlead.enterprise.allowlist;

import static io.fairlead.enterprise.kernel.TestDatabase.await;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.fleet.MovingClock;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.TestDatabase;
import io.fairlead.firewall.Remark;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A published list for tests of what shows it: the real one, by a catalogue that the test writes. */
public final class TestAllowlists {
    /** Such as a test may write, with rows of every kind. */
    public static final String CATALOGUE = """
            title: Example Diagnostics remote service
            products:
              - { id: blood-analysers, name: Blood analysers }
              - { id: urine-analysers, name: Urine analysers }
            regions:
              - { id: eu, name: Europe }
            domains:
              - { name: service.example }
            services:
              - host: agents.eu.service.example
                ports: [443]
                further-ports: [17001, 17002]
                protocol: tcp
                products: [blood-analysers]
                region: eu
                purpose: Status, files, instructions and remote sessions
                required: true
                notes: ["Do not inspect TLS: instruments show certificates of their own"]
              - host: updates.service.example
                ports: [443, 8443]
                products: [urine-analysers]
                purpose: Software packages <b>signed</b>
                required: false
                until: 2027-06-30
              - network: 203.0.113.0/24
                ports: [443]
                purpose: Time and names
                required: true
            """;

    private final Path file;
    private final MovingClock clock;
    private int written;

    /** The list. */
    public final Allowlists lists;

    /**
     * @param live a host that the server listens on, too
     * @param file where the catalogue is written
     */
    public TestAllowlists(TestDatabase postgres, Vertx vertx, String live, Path file, MovingClock clock) {
        this.file = file;
        this.clock = clock;
        this.lists = new Allowlists(
                postgres.database(vertx),
                Optional.of(file),
                List.of(new LiveHost(
                        live, new Remark("Status"), new TreeSet<>(Set.of(443)), new TreeSet<>(), true, List.of())),
                new TestSigner(),
                new Audit(postgres.database(vertx)),
                new Blocking(vertx),
                (delay, call) -> () -> {},
                clock);
    }

    /** Has a catalogue published. */
    public void publish(String yaml) {
        try {
            Path unused = Files.writeString(file, yaml);
            unused = Files.setLastModifiedTime(
                    file, FileTime.from(clock.instant().plusSeconds(++written)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        await(lists.look());
    }
}
