package io.fairlead.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerTest {
    @TempDir
    private Path folder;

    @Test
    void the_pc_is_sampled() throws Exception {
        Rig rig = new Rig(folder);
        rig.pc = new PcSource(true, List.of(folder, folder.resolve("gone")));
        rig.start();
        rig.sample();

        String disk = PcProbe.diskName(folder);
        assertThat(rig.values())
                .anyMatch(value -> value.startsWith("pc.memory="))
                .anyMatch(value -> value.startsWith("pc.disk." + disk + ".used="))
                .anyMatch(value -> value.startsWith("pc.disk." + disk + ".free="));
        assertThat(rig.events("probe.trouble"))
                .containsExactly("pc: cannot read the disk of " + folder.resolve("gone"));
    }

    @Test
    void an_error_ends_no_thread_and_stopping_interrupts_none() throws Exception {
        BlockingQueue<String> put = new LinkedBlockingQueue<>();
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger watched = new AtomicInteger();
        AtomicInteger sampled = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicInteger errors = new AtomicInteger();
        Path results = Files.createDirectory(folder.resolve("results"));
        StatusSources sources =
                new StatusSources(new PcSource(true, List.of()), List.of(), List.of(json(results)), List.of());
        Sampler sampler = new Sampler(
                sources,
                new Rig(folder).settings(),
                Optional::empty,
                new DiskFloor(0, 0, Disks.real()),
                folder.resolve("marks"),
                (message, urgent) -> {
                    if (errors.incrementAndGet() <= 2) {
                        throw new AssertionError("a bug");
                    }
                    boolean added = put.add("message");
                    assertThat(added).isTrue();
                    try {
                        // In the middle of the spool when the agent stops.
                        boolean over = closing.await(1, TimeUnit.MINUTES);
                        assertThat(over).isTrue();
                        Thread.sleep(300);
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                    }
                },
                new Rig(folder).time(),
                new Sampler.Pulses(watched::incrementAndGet, sampled::incrementAndGet),
                Clock.systemUTC());
        sampler.start();
        for (int i = 0; put.isEmpty(); i++) {
            Files.writeString(results.resolve(i + ".json"), "{\"n\": " + i + "}");
            Thread.sleep(200);
        }

        closing.countDown();
        sampler.close();

        assertThat(interrupted).isFalse();
        assertThat(watched).hasPositiveValue();
        assertThat(sampled).hasPositiveValue();
    }

    private static ResultSource json(Path folder) {
        return new ResultSource(
                "r",
                folder,
                "*.json",
                ResultSource.Format.JSON,
                ',',
                LogEncoding.AUTO,
                true,
                List.of(new ResultSource.Item("/n", "n", Optional.empty())));
    }

    @Test
    void the_counters_of_linux_are_read() throws Exception {
        Path proc = Files.createDirectory(folder.resolve("proc"));
        Files.writeString(proc.resolve("stat"), "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: 750 kB\n");
        Files.writeString(proc.resolve("uptime"), "12345.67 999.00\n");
        ProcMeter meter = new ProcMeter(proc);
        Files.writeString(proc.resolve("stat"), "cpu  150 0 125 825 0 0 0 0 0 0\n");

        assertThat(meter.cpuPercent()).hasValue(75);
        assertThat(meter.cpuPercent()).isEmpty();
        assertThat(meter.memoryPercent()).hasValue(25);
        assertThat(meter.uptimeSeconds()).hasValue(12345.67);
    }

    @Test
    void the_bean_of_other_systems_answers_too() {
        BeanMeter meter = new BeanMeter();

        assertThat(meter.memoryPercent().orElse(-1)).isBetween(0.0, 100.0);
        assertThat(meter.cpuPercent().orElse(0)).isBetween(0.0, 100.0);
    }

    @Test
    void a_load_at_the_limit_raises_one_alarm_after_three_looks_and_clears_five_points_below() throws Exception {
        double[] load = {0};
        PcMeter meter = new PcMeter() {
            @Override
            public OptionalDouble cpuPercent() {
                return OptionalDouble.of(load[0]);
            }

            @Override
            public OptionalDouble memoryPercent() {
                return OptionalDouble.empty();
            }

            @Override
            public OptionalDouble uptimeSeconds() {
                return OptionalDouble.empty();
            }
        };
        Rig rig = new Rig(folder).start();
        PcProbe probe = new PcProbe(new PcSource(true, List.of()), rig.settings(), meter);
        Reporter reporter = rig.reporter();
        for (double percent : new double[] {96, 50, 96, 97, 98, 94, 91, 95, 89, 89, 94, 89, 89, 89}) {
            load[0] = percent;
            Batch batch = new Batch();
            probe.look(batch);
            reporter.sampled(Map.of("pc", batch));
        }

        assertThat(rig.alarms()).containsExactly("+pc.cpu.high", "-pc.cpu.high");
        assertThat(rig.urgent.get(0).getAlarm().get(0).getText()).isEqualTo("CPU load 98 %, limit 95 %");
    }

    @Test
    void many_values_are_cut_into_messages_of_the_usual_size() throws Exception {
        Rig rig = new Rig(folder).start();
        Batch batch = new Batch();
        for (int i = 0; i < 450; i++) {
            batch.number("item." + i, i, Optional.of("1"));
        }
        rig.reporter().sampled(Map.of("probe", batch));

        assertThat(rig.values()).hasSize(450).doesNotHaveDuplicates();
        for (StatusMessage message : rig.messages) {
            assertThat(xml(List.of(message)).length).isBetween(300, 3500);
        }
    }

    @Test
    void the_policy_is_told_at_the_start_and_when_it_changes_and_no_log_can_tell_another() throws Exception {
        Rig rig = new Rig(folder);
        rig.policy = Optional.of("believed=yes\ncollect=allow");
        rig.logs.add(new LogSource(
                "run",
                folder,
                "run.log",
                LogEncoding.AUTO,
                true,
                List.of(Rig.value("(?<item>agent/policy) (?<value>.*)", "other", "h"))));
        rig.start();
        rig.write("run.log", "agent/policy believed=no\n");
        for (int i = 0; i < 3; i++) {
            rig.look();
            rig.sample();
        }
        rig.policy = Optional.of("believed=no: writable");
        rig.sample();
        rig.restart().sample();

        assertThat(rig.values())
                .filteredOn(value -> value.startsWith("agent/policy"))
                .containsExactly(
                        "agent/policy=believed=yes\ncollect=allow",
                        "agent/policy=believed=no: writable",
                        "agent/policy=believed=no: writable");
    }

    @Test
    void a_device_has_five_hundred_items_and_what_is_more_is_told_once() throws Exception {
        Rig rig = new Rig(folder).start();
        Reporter reporter = rig.reporter();
        for (int turn = 0; turn < 3; turn++) {
            Batch batch = new Batch();
            for (int i = 0; i < 600; i++) {
                batch.number("item." + i, i, Optional.empty());
            }
            reporter.sampled(Map.of("probe", batch));
            reporter.endOfTurn();
        }

        assertThat(rig.values()).hasSize(1500);
        assertThat(rig.events("items.overflow")).hasSize(1);
    }

    @Test
    void one_probe_that_fails_does_not_stop_the_others() throws Exception {
        Rig rig = new Rig(folder).start();
        boolean[] broken = {true};
        Turn turn = new Turn(List.of(
                probe("broken", findings -> {
                    findings.number("a", 1, Optional.empty());
                    if (broken[0]) {
                        throw new IllegalStateException("a mistake of ours");
                    }
                }),
                probe("good", findings -> findings.number("b", 2, Optional.empty()))));
        for (int i = 0; i < 4; i++) {
            broken[0] = i < 2;
            Map<String, Batch> found = new LinkedHashMap<>();
            turn.look(i, false, () -> {}, found::put);
            rig.reporter().sampled(found);
        }

        assertThat(rig.values()).hasSize(8);
        assertThat(rig.events("probe.trouble")).containsExactly("broken: internal error IllegalStateException");
        assertThat(rig.events("probe.recovered")).containsExactly("broken");
    }

    private interface Look {
        void look(Findings findings);
    }

    private static Probe probe(String name, Look look) {
        return new Probe() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void look(Findings findings) {
                look.look(findings);
            }
        };
    }

    @Test
    void whatever_a_probe_says_the_messages_are_valid_by_the_contract() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new File(System.getProperty("fairlead.root"), "wsdl/agent-channel.xsd"));
        Random random = new Random(17);
        Rig rig = new Rig(folder);
        rig.eventsPerMinute = 600;
        rig.start();
        Reporter reporter = rig.reporter();
        for (int turn = 0; turn < 300; turn++) {
            Batch batch = new Batch();
            int things = random.nextInt(40);
            for (int i = 0; i < things; i++) {
                say(batch, random);
            }
            reporter.watched("fuzz", batch);
            reporter.sampled(Map.of());
            reporter.endOfTurn();
        }

        assertThat(rig.messages).hasSizeGreaterThan(300);
        for (int i = 0; i < rig.messages.size(); i++) {
            rig.messages.get(i).setSequence(i + 1);
        }
        for (int i = 0; i + 50 < rig.messages.size(); i += 50) {
            schema.newValidator()
                    .validate(new StreamSource(new ByteArrayInputStream(xml(rig.messages.subList(i, i + 50)))));
        }
    }

    private static void say(Findings findings, Random random) {
        String name = text(random, 90);
        String text = text(random, 1500);
        Optional<String> unit = random.nextBoolean() ? Optional.empty() : Optional.of(text(random, 30));
        switch (random.nextInt(7)) {
            case 0 -> findings.number(name, Double.longBitsToDouble(random.nextLong()), unit);
            case 1 -> findings.number(name, random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY, unit);
            case 2 -> findings.text(name, text, unit);
            case 3 -> findings.event(name, Severity.INFO, text);
            case 4 -> findings.raise(random.nextBoolean() ? name : "E1", Severity.ERROR, text);
            case 5 -> findings.clear(random.nextBoolean() ? name : "E1");
            default -> findings.endOfRecord();
        }
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private static byte[] xml(List<StatusMessage> messages) {
        Report report = new Report();
        report.setDevice("d");
        report.setEpoch("0".repeat(32));
        report.setSentAt(messages.get(0).getObservedAt());
        report.getMessage().addAll(messages);
        return new Documents(new XmlReaders(XMLInputFactory.newDefaultFactory())).write(report);
    }

    @Test
    void the_threads_look_by_themselves_and_end_when_closed() throws Exception {
        BlockingQueue<StatusMessage> messages = new LinkedBlockingQueue<>();
        Rig rig = new Rig(folder);
        rig.eventLog("run.log");
        rig.write("run.log", "hello\n");
        rig.pc = new PcSource(true, List.of());
        rig.listener = messages::add;
        rig.start();
        rig.sampler().start();
        boolean event = false;
        boolean value = false;
        while (!event || !value) {
            StatusMessage message = messages.poll(30, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            event |= !message.getEvent().isEmpty();
            value |= !message.getItem().isEmpty();
        }
        rig.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("fairlead-") && thread.isAlive());
    }
}
