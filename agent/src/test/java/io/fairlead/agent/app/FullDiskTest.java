package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.host.SmallDisk;
import io.fairlead.agent.poll.Enterprise;
import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose data folder lies on a small disk that the instrument fills. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {
    /** Fewer than one probe may tell in a minute. */
    private static final int EVENTS = 50;

    @TempDir
    Path folder;

    private final Enterprise enterprise = new Enterprise();
    private final BlockingQueue<Alarm> alarms = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private SmallDisk disk;
    private InstalledAgent agent;
    private Process running;

    @BeforeEach
    void start() throws Exception {
        agent = new InstalledAgent(folder);
        disk = SmallDisk.mount(agent.data, 32);
        Files.setAttribute(agent.data, "unix:uid", InstalledAgent.USER, LinkOption.NOFOLLOW_LINKS);
        Files.writeString(agent.site, """
                limits { disk-floor = 10 MB, disk-floor-percent = 0 }
                logs = [{ name = analyser, path = "%s", from = start, patterns = [
                  { match = "FAULT (?<code>E[0-9]+) (?<text>.*)", kind = event }] }]
                """.formatted(folder.resolve("analyser.log")));
        enterprise.onPoll = this::answer;
        enterprise.onReport = this::answer;
        assertThat(agent.java(agent.with("enrol", enterprise.enrolmentString())).waitFor())
                .as(agent.said())
                .isZero();
        Files.writeString(agent.data.resolve("tuning"), "sample.period=10\n");
        Files.setAttribute(agent.data.resolve("tuning"), "unix:uid", InstalledAgent.USER);
        running = agent.java(agent.with("run", "--console"));
    }

    @AfterEach
    void end() throws Exception {
        over.countDown();
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
        if (disk != null) {
            disk.close();
        }
        enterprise.close();
    }

    @Test
    void a_full_disk_ends_nothing_and_what_was_found_meanwhile_is_told_later() throws Exception {
        while (enterprise.polls.isEmpty() || enterprise.reports.isEmpty()) {
            Thread.sleep(50);
        }
        disk.fillTo(0);
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= EVENTS; i++) {
            lines.append("FAULT E")
                    .append(i)
                    .append(' ')
                    .append("x".repeat(300))
                    .append('\n');
        }
        Files.writeString(folder.resolve("analyser.log"), lines.toString());
        while (!agent.said().contains("spool=refused")) {
            assertThat(running.isAlive()).as(agent.said()).isTrue();
            Thread.sleep(200);
        }
        disk.clear();
        for (int i = 1; i <= EVENTS; i++) {
            assertThat(events.poll(60, TimeUnit.SECONDS)).isEqualTo("E" + i);
        }

        disk.fillTo(8_000_000);
        Alarm reached = floor();
        assertThat(reached.isRaised()).isTrue();
        assertThat(reached.getText()).contains(" MB free at " + agent.data, "10 MB are left for the instrument");
        disk.clear();
        assertThat(floor().isRaised()).isFalse();

        running.destroy();
        assertThat(running.waitFor()).as(agent.said()).isZero();
        assertThat(Files.readString(agent.data.resolve("audit.log"))).contains("agent.stopped");
    }

    private Alarm floor() throws InterruptedException {
        Alarm alarm = alarms.poll(60, TimeUnit.SECONDS);
        while (alarm != null && !alarm.getCode().equals("agent.disk.floor")) {
            alarm = alarms.poll(60, TimeUnit.SECONDS);
        }
        assertThat(alarm).isNotNull();
        return alarm;
    }

    private Object answer(Poll poll) {
        PollResponse answer = new PollResponse();
        answer.setServerTime(Instant.now());
        answer.setToken(HexFormat.of().formatHex(new byte[16]));
        if (poll.getHold() == 0) {
            // After a start the agent's token has to be seen first.
            return answer;
        }
        try {
            if (poll.getHold() > 0) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    private Object answer(Report report) {
        List<StatusMessage> all = report.getMessage();
        all.forEach(message -> {
            alarms.addAll(message.getAlarm());
            message.getEvent().forEach(event -> {
                if (event.getCode().startsWith("E")) {
                    events.add(event.getCode());
                }
            });
        });
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(report.getEpoch());
        answer.setCommitted(all.isEmpty() ? 0 : all.get(all.size() - 1).getSequence());
        answer.setServerTime(Instant.now());
        return answer;
    }
}
