package io.fairlead.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.agent.poll.Sending.Sent;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendingTest {
    @TempDir
    Path data;

    private final Enterprise enterprise = new Enterprise();
    private TrustedTime time;
    private Outbox outbox;
    private SetAside aside;
    private RollingToken token;
    private Sending sending;

    @BeforeEach
    void open() throws IOException {
        time = Enterprise.time(data);
        outbox =
                new Outbox(data.resolve("outbox"), 4 << 20, Ids.random(), enterprise.documents, Enterprise.audit(data));
        aside = new SetAside(data.resolve("set-aside"), enterprise.documents, Enterprise.audit(data));
        token = new RollingToken(data.resolve("token"), "e".repeat(32));
        token.show(true);
        sending = new Sending(
                enterprise.link(time),
                "device-1",
                enterprise.codec,
                outbox,
                aside,
                time,
                Clock.systemUTC(),
                Enterprise.audit(data),
                token);
        enterprise.onReport = this::committed;
    }

    @AfterEach
    void close() throws IOException {
        outbox.close();
        enterprise.close();
    }

    @Test
    void nothing_goes_before_a_poll_has_shown_who_this_is_and_then_the_token_goes_with_it() throws Exception {
        spool(1);
        token.show(false);
        assertThat(sending.send()).isEqualTo(Sent.NOT_YET);
        assertThat(enterprise.reports).isEmpty();

        token.replace("a".repeat(32));
        token.show(true);
        assertThat(sending.send()).isEqualTo(Sent.PROGRESS);
        assertThat(enterprise.reports.get(0).getToken()).isEqualTo("a".repeat(32));
    }

    @Test
    void an_empty_spool_sends_nothing() throws Exception {
        assertThat(sending.send()).isEqualTo(Sent.NOTHING_TO_SEND);
        assertThat(enterprise.reports).isEmpty();
    }

    @Test
    void messages_go_in_order_fifty_at_a_time_and_are_forgotten_when_committed() throws Exception {
        spool(120);

        drain();

        assertThat(sizes()).containsExactly(50, 50, 20);
        assertThat(sent())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 120).boxed().toList());
        assertThat(outbox.settled()).isEqualTo(120);
        Report first = enterprise.reports.get(0);
        assertThat(first.getDevice()).isEqualTo("device-1");
        assertThat(first.getEpoch()).isEqualTo(outbox.epoch());
        assertThat(first.getDropped()).isZero();
        assertThat(first.getSentAt()).isNotNull();
    }

    @Test
    void a_report_is_never_larger_than_the_enterprise_takes() throws Exception {
        for (int i = 0; i < 20; i++) {
            outbox.append(message(190, "x".repeat(200)));
        }

        drain();

        assertThat(outbox.settled()).isEqualTo(20);
        assertThat(enterprise.server.requests)
                .allSatisfy(request -> assertThat(request.body()).hasSizeLessThanOrEqualTo(65_536));
    }

    @Test
    void only_what_is_committed_is_forgotten() throws Exception {
        spool(10);
        enterprise.onReport = report -> answer(report.getEpoch(), 4);

        assertThat(sending.send()).isEqualTo(Sent.PROGRESS);

        assertThat(outbox.settled()).isEqualTo(4);
    }

    @Test
    void an_answer_that_commits_nothing_is_no_progress() throws Exception {
        spool(1);
        enterprise.onReport = report -> answer(report.getEpoch(), 0);

        assertThat(sending.send()).isEqualTo(Sent.NO_PROGRESS);
    }

    @Test
    void an_acknowledgement_for_another_epoch_is_ignored_and_told_once() throws Exception {
        spool(3);
        enterprise.onReport = report -> answer("f".repeat(32), 3);

        assertThat(sending.send()).isEqualTo(Sent.NO_PROGRESS);
        assertThat(sending.send()).isEqualTo(Sent.NO_PROGRESS);

        assertThat(outbox.settled()).isZero();
        assertThat(audit("report.foreign-acknowledgement")).hasSize(1);
        enterprise.onReport = this::committed;
        assertThat(sending.send()).isEqualTo(Sent.PROGRESS);
    }

    @Test
    void what_the_enterprise_rejects_is_told_to_the_customer_and_not_sent_again() throws Exception {
        spool(3);
        enterprise.onReport = report -> {
            ReportResponse answer = answer(report.getEpoch(), 3);
            Rejected rejected = new Rejected();
            rejected.setSequence(2);
            rejected.setFault("observed-at");
            answer.getRejected().add(rejected);
            return answer;
        };

        drain();

        assertThat(audit("report.rejected")).singleElement().asString().contains("sequence=2", "fault=observed-at");
        assertThat(enterprise.reports).hasSize(1);
    }

    @Test
    void a_message_that_makes_reports_malformed_is_found_by_halving_and_set_aside() throws Exception {
        spool(37);
        enterprise.onReport = poisoned(message -> message.getSequence() == 23);

        drain();

        assertThat(outbox.settled()).isEqualTo(37);
        assertThat(aside.count()).isEqualTo(1);
        assertThat(data.resolve("set-aside").resolve(outbox.epoch() + "-" + String.format("%019d", 23) + ".xml"))
                .content()
                .contains("sequence=\"23\"");
        assertThat(audit("report.set-aside")).singleElement().asString().contains("sequence=23", "fault=malformed");
        assertThat(taken()).doesNotContain(23L).contains(22L, 24L, 37L);
    }

    @Test
    void an_enterprise_that_calls_everything_malformed_gets_nothing_set_aside() throws Exception {
        spool(5);
        enterprise.onReport = report -> Fault.MALFORMED;

        assertThatThrownBy(this::drain).isInstanceOf(LinkException.class).hasMessageContaining("malformed");

        assertThat(aside.count()).isZero();
        assertThat(outbox.settled()).isZero();
    }

    @Test
    void a_spool_of_bad_messages_is_set_aside_one_by_one_and_a_hundred_are_kept() throws Exception {
        spool(110);
        enterprise.onReport = poisoned(message -> true);

        drain();

        assertThat(aside.count()).isEqualTo(110);
        try (Stream<Path> files = Files.list(data.resolve("set-aside"))) {
            assertThat(files).hasSize(100);
        }
    }

    @Test
    void a_lost_answer_makes_the_same_messages_go_again() throws Exception {
        spool(3);
        enterprise.onReport = report -> null;
        assertThatThrownBy(sending::send).isInstanceOf(LinkException.class);
        assertThat(outbox.settled()).isZero();

        enterprise.onReport = this::committed;
        drain();

        assertThat(sent()).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    }

    @Test
    void the_loop_sends_at_once_when_the_bell_rings() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        enterprise.onReport = report -> {
            arrived.countDown();
            return committed(report);
        };
        Bell bell = new Bell();
        Stop stop = new Stop();
        Thread loop = new Thread(new ReportLoop(
                sending,
                () -> Duration.ofDays(1),
                bell,
                Enterprise.audit(data),
                new Rhythm(() -> 0.5, System::nanoTime, Pause.real(stop, () -> {}), stop, () -> {})));
        loop.start();
        outbox.append(message(1, "x"));
        bell.ring();

        arrived.await();
        stop.request();
        bell.ring();
        loop.join();
        assertThat(sent()).containsExactly(1L);
    }

    @Test
    void the_loop_outlives_hang_ups_faults_and_a_spool_that_throws() throws Exception {
        spool(2);
        List<Duration> pauses = new ArrayList<>();
        Bell bell = new Bell();
        Object[] turns = {null, Fault.UNAVAILABLE, Fault.INTERNAL, answer("f".repeat(32), 1), new Report()};
        CountDownLatch done = new CountDownLatch(1);
        enterprise.onReport = report -> {
            int turn = enterprise.reports.size() - 1;
            if (turn < turns.length) {
                return turns[turn];
            }
            done.countDown();
            return committed(report);
        };
        Stop stop = new Stop();
        Thread loop = new Thread(new ReportLoop(
                sending,
                () -> Duration.ofDays(1),
                bell,
                Enterprise.audit(data),
                new Rhythm(() -> 0.5, System::nanoTime, pauses::add, stop, () -> {})));
        loop.start();

        done.await();
        stop.request();
        bell.ring();
        loop.join();
        assertThat(outbox.settled()).isEqualTo(2);
        assertThat(pauses).hasSize(5);
        assertThat(pauses.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void an_answer_that_rejects_what_was_not_sent_cannot_fill_the_customers_audit() throws Exception {
        spool(3);
        enterprise.onReport = report -> {
            ReportResponse answer = answer(report.getEpoch(), 3);
            for (int i = 0; i < 150; i++) {
                Rejected rejected = new Rejected();
                rejected.setSequence(i % 50);
                rejected.setFault("observed-at");
                answer.getRejected().add(rejected);
            }
            return answer;
        };

        assertThat(sending.send()).isEqualTo(Sent.PROGRESS);

        assertThat(Files.readAllLines(data.resolve("audit.log")))
                .filteredOn(line -> line.contains("report.rejected"))
                .extracting(line -> line.replaceAll(".*(sequence=\\d+).*", "$1"))
                .containsExactly("sequence=1", "sequence=2", "sequence=3");
    }

    @Test
    void what_failed_during_an_outage_goes_as_soon_as_the_enterprise_is_back() throws Exception {
        spool(1);
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        enterprise.onReport = report -> {
            if (failed.getCount() > 0) {
                failed.countDown();
                return null;
            }
            arrived.countDown();
            return committed(report);
        };
        Bell bell = new Bell();
        Stop stop = new Stop();
        Pause real = Pause.untilBack(bell, stop, () -> {});
        Thread loop = new Thread(new ReportLoop(
                sending,
                () -> Duration.ofDays(1),
                bell,
                Enterprise.audit(data),
                // Whatever the back-off would be, it is a day here.
                new Rhythm(() -> 0.5, System::nanoTime, wait -> real.pause(Duration.ofDays(1)), stop, () -> {})));
        loop.start();
        failed.await();
        // News alone does not end the wait: who is down must not be knocked at for each alarm.
        bell.ring();
        assertThat(arrived.getCount()).isEqualTo(1);

        bell.ringBack();

        arrived.await();
        stop.request();
        bell.ring();
        loop.join();
        assertThat(outbox.settled()).isEqualTo(1);
    }

    private Object committed(Report report) {
        List<StatusMessage> messages = report.getMessage();
        long last = messages.isEmpty() ? 0 : messages.get(messages.size() - 1).getSequence();
        return answer(report.getEpoch(), last);
    }

    private java.util.function.Function<Report, Object> poisoned(Predicate<StatusMessage> bad) {
        return report -> report.getMessage().stream().anyMatch(bad) ? Fault.MALFORMED : committed(report);
    }

    private void drain() throws Exception {
        for (int i = 0; i < 500; i++) {
            if (sending.send() == Sent.NOTHING_TO_SEND) {
                return;
            }
        }
        throw new AssertionError("the spool does not become empty");
    }

    private void spool(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            outbox.append(message(3, "x"));
        }
    }

    private static StatusMessage message(int items, String text) {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.parse("2026-11-21T12:00:00Z"));
        for (int i = 0; i < items; i++) {
            DataItem item = new DataItem();
            item.setName("item." + i);
            item.setText(text);
            message.getItem().add(item);
        }
        return message;
    }

    private static ReportResponse answer(String epoch, long committed) {
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(epoch);
        answer.setCommitted(committed);
        answer.setServerTime(Instant.now());
        return answer;
    }

    private List<Integer> sizes() {
        return enterprise.reports.stream()
                .map(report -> report.getMessage().size())
                .toList();
    }

    private List<Long> sent() {
        return enterprise.reports.stream()
                .flatMap(report -> report.getMessage().stream())
                .map(StatusMessage::getSequence)
                .toList();
    }

    private List<Long> taken() {
        return enterprise.reports.stream()
                .filter(report -> report.getMessage().stream().noneMatch(message -> message.getSequence() == 23))
                .flatMap(report -> report.getMessage().stream())
                .map(StatusMessage::getSequence)
                .toList();
    }

    private List<String> audit(String code) throws IOException {
        return Files.readAllLines(data.resolve("audit.log")).stream()
                .filter(line -> line.contains(" " + code + " "))
                .toList();
    }
}
