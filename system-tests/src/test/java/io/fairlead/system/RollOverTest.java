package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.CurrentIdentity;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Enrolment;
import io.fairlead.agent.link.EnrolmentString;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.Patience;
import io.fairlead.agent.link.Renewal;
import io.fairlead.agent.link.Statements;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Issuers and then the root are replaced while devices poll without a pause and a real agent carries out instructions:
 * no poll fails, no instruction is lost, nobody is enrolled anew.
 */
@Timeout(900)
class RollOverTest {
    private static final int DEVICES = 20;
    private static final int POLLS = 5_000;

    private static Folder folder;
    private static Server server;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws Exception {
        folder = Folder.make("roll-over");
        server = Server.start(folder.path().resolve("server"));
        agent = AgentProcess.enrolled(
                server,
                "analyser-1",
                folder.path().resolve("agent"),
                "diagnostics = [{ name = greet, command = [\"/bin/echo\", \"good morning\"] }]");
        agent.start();
    }

    @AfterAll
    static void end() throws Exception {
        try (Folder last = folder;
                Server second = server;
                AgentProcess first = agent) {
            assertThat(List.of(last, second, first)).hasSize(3);
        }
    }

    @Test
    void five_thousand_polls_across_new_issuers_and_a_new_root_and_none_fails() throws Exception {
        Fleet fleet = new Fleet();
        String oldRoot =
                fleet.devices.get(0).identity.get().cas().roots().get(0).toString();
        fleet.begin();

        rolled(fleet, "authority.roll-issuers");
        assertThat(fleet.devices.get(0).identity.get().cas().roots().toString()).contains(oldRoot);
        rolled(fleet, "authority.roll-root");
        fleet.end();

        assertThat(fleet.failures).isEmpty();
        assertThat(fleet.polls.get()).isGreaterThanOrEqualTo(POLLS);
        for (Device device : fleet.devices) {
            assertThat(device.identity.get().cas().number()).isEqualTo(4);
            assertThat(device.identity.get().cas().roots()).hasSize(1);
            assertThat(device.identity.get().cas().roots().toString()).doesNotContain(oldRoot);
            assertThat(device.renewals).isEqualTo(2);
        }
        // Nobody enrolled anew, and nobody looked like two.
        assertThat(Rows.value(server, "SELECT count(*) FROM audit_entry WHERE code = 'enrolment.device-enrolled'"))
                .isEqualTo(Integer.toString(DEVICES + 1));
        assertThat(Rows.value(server, "SELECT count(*) FROM audit_entry WHERE code LIKE 'clone.%'"))
                .isEqualTo("0");
        assertThat(agent.audit())
                .contains("identity.anchors-pinned number=1", "identity.anchors-pinned number=4", "identity.renewed")
                .doesNotContain("identity.anchors-refused", "ENROLMENT_NEEDED");
        // A device that enrols now finds the new root by its string, and pins the newest statement with its first poll.
        Device late = new Device("late");
        late.poll();
        late.poll();
        assertThat(late.identity.get().cas().number()).isEqualTo(4);
    }

    /** One roll-over from its begin to its end. */
    private static void rolled(Fleet fleet, String kind) throws Exception {
        long before = renewals();
        assertThat(stage(server.call(kind, new JsonObject()))).isEqualTo("ANNOUNCED");
        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        agent.await("all confirm", () -> show().getJsonArray("unconfirmed").isEmpty());
        fleet.go();
        JsonObject switched = server.call("authority.switch", new JsonObject());
        assertThat(stage(switched)).isEqualTo("SWITCHED");
        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        // It renews once in half a minute at most: it is asked anew, as a poll that is parked would not be for long.
        while (renewals() == before) {
            assertThat(agent.obey("diagnose", "name", "greet").getString("state"))
                    .isEqualTo("DONE");
        }
        // The poll that is parked ends, and the new certificate comes into use.
        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        agent.await("all renew", () -> show().getJsonArray("onOldIssuer").isEmpty());
        fleet.go();
        assertThat(stage(server.call("authority.retire", new JsonObject()))).isEqualTo("STEADY");
        assertThat(agent.obey("diagnose", "name", "greet").getString("state")).isEqualTo("DONE");
        long number = show().getLong("number");
        agent.await(
                "all forget the old",
                () -> fleet.devices.stream()
                        .allMatch(device -> device.identity.get().cas().number() == number));
        agent.await("the agent forgets the old", () -> agent.audit().contains("anchors-pinned number=" + number));
    }

    private static long renewals() throws IOException {
        return agent.audit()
                .lines()
                .filter(line -> line.contains(" identity.renewed "))
                .count();
    }

    private static JsonObject show() throws IOException {
        return server.call("authority.show", new JsonObject());
    }

    private static String stage(JsonObject answer) {
        return answer.getString("stage");
    }

    /** Devices that poll, each in a thread of its own, until they are told to end. */
    private static final class Fleet {
        final List<Device> devices = new ArrayList<>();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();
        final AtomicInteger polls = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean ended;

        Fleet() throws Exception {
            for (int i = 0; i < DEVICES; i++) {
                devices.add(new Device("simulated-" + i));
            }
        }

        void begin() {
            for (Device device : devices) {
                Thread thread = new Thread(() -> run(device), device.id);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(Device device) {
            while (!ended || polls.get() < POLLS) {
                try {
                    device.poll();
                    int unused = polls.incrementAndGet();
                } catch (Exception e) {
                    failures.add(device.id + ": " + e);
                    return;
                }
            }
        }

        /** Lets every device poll a few times before the next step. */
        void go() throws InterruptedException {
            int enough = polls.get() + 10 * DEVICES;
            while (polls.get() < enough && failures.isEmpty()) {
                Thread.sleep(10);
            }
        }

        void end() throws InterruptedException {
            ended = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** The agent's own identity, link, statements and renewal, and polls by hand. */
    private static final class Device {
        private static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());
        private static final SoapCodec CODEC = new SoapCodec(DOCUMENTS);

        final String id;
        final CurrentIdentity identity;
        private final Link link;
        private final Statements statements;
        private String token;
        volatile int renewals;

        Device(String id) throws Exception {
            this.id = id;
            Path home = Files.createDirectories(folder.path().resolve(id));
            IdentityFolder kept = new IdentityFolder(home.resolve("identity"), Clock.systemUTC());
            identity = new CurrentIdentity(
                    kept,
                    new Enrolment(
                                    kept,
                                    Dialer.direct(),
                                    Instant::now,
                                    prepared -> {},
                                    new Patience(pause -> Thread.sleep(pause.toMillis())))
                            .enrol(EnrolmentString.parse(server.enrolment(id))));
            link = new Link(List.of(identity.get().server()), Dialer.direct(), identity, CODEC, Instant::now);
            statements = new Statements(identity, DOCUMENTS, new LocalAudit(home.resolve("audit"), Clock.systemUTC()));
        }

        void poll() throws Exception {
            identity.turn();
            Poll poll = new Poll();
            poll.setDevice(id);
            poll.setHold(0);
            poll.setJournaled(0);
            poll.setToken(token);
            poll.setAgentVersion("test");
            poll.setAnchors(identity.get().cas().number());
            PollResponse answer =
                    link.call("urn:fairlead:agent-channel:1/Poll", poll, PollResponse.class, Duration.ofSeconds(60));
            token = answer.getToken();
            if (answer.getAnchors() != null) {
                statements.take(answer.getAnchors());
            }
            if (Boolean.TRUE.equals(answer.isRenew())) {
                var next = new Renewal(link, identity).renew();
                assertThat(next).isNotNull();
                renewals++;
            }
        }
    }
}
