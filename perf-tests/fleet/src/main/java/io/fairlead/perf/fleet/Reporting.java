package io.fairlead.perf.fleet;

import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.RemoteFault;
import io.vertx.core.AsyncResult;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's spool and reports: a message at each period, not in step with the other agents', and one at once for a result.
 * One report is in flight; a message is forgotten when the enterprise says that it is committed. The spool is in memory and
 * small, and its epoch ends with the process; what does not fit is dropped, oldest first, and counted. On its loop's thread
 * only.
 */
final class Reporting {
    private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

    private static final String ACTION = "urn:fairlead:agent-channel:1/Report";
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int MOST_SPOOLED = 30;
    private static final int MOST_MESSAGES = 10;
    private static final int EPOCH_BYTES = 16;
    /** Of the messages' own content: another try would be refused as well. */
    private static final Set<String> CONTENT =
            Set.of("malformed", "invalid", "xml-limit", "xml-forbidden", "body-too-large");

    private final int number;
    private final Identity identity;
    private final Surroundings around;
    private final Backoff backoff;
    private final String epoch;
    private final Deque<Spooled> spool = new ArrayDeque<>(2);
    private long sequence;
    private long dropped;
    private boolean mayReport;
    private boolean inFlight;
    private boolean resting;

    /** A message whose values are made again whenever it is sent: they follow from its number. */
    private record Spooled(
            long sequence, Instant observedAt, @Nullable Deed deed) {}

    Reporting(int number, Identity identity, Surroundings around) {
        this.number = number;
        this.identity = identity;
        this.around = around;
        this.backoff = new Backoff(around.random());
        byte[] id = new byte[EPOCH_BYTES];
        around.random().nextBytes(id);
        this.epoch = HexFormat.of().formatHex(id);
    }

    void start() {
        Duration period = around.settings().report();
        if (!period.isZero()) {
            around.after(
                    Duration.ofMillis(
                            (long) (period.toMillis() * around.random().nextDouble())),
                    this::sample);
        }
    }

    private void sample() {
        around.after(around.settings().report(), this::sample);
        add(null);
    }

    /** What became of an instruction. */
    void result(Deed deed) {
        add(deed);
    }

    /** Whether the agent has shown that it alone has its identity. */
    void mayReport(boolean may) {
        mayReport = may;
        send();
    }

    private void add(@Nullable Deed deed) {
        if (spool.size() == MOST_SPOOLED) {
            Spooled oldest = spool.removeFirst();
            assert oldest.sequence > 0;
            dropped++;
            around.figures().drop();
        }
        spool.addLast(new Spooled(++sequence, around.clock().instant(), deed));
        send();
    }

    private void send() {
        if (!mayReport || inFlight || resting || spool.isEmpty()) {
            return;
        }
        inFlight = true;
        List<Spooled> batch = spool.stream().limit(MOST_MESSAGES).toList();
        around.wire()
                .post(number, ACTION, around.codec().write(report(batch)), READ, () -> {})
                .onComplete(done -> {
                    if (around.stopped().get()) {
                        return;
                    }
                    inFlight = false;
                    Duration rest = settled(done, batch);
                    if (rest.isZero()) {
                        send();
                    } else {
                        resting = true;
                        around.after(rest, () -> {
                            resting = false;
                            send();
                        });
                    }
                });
    }

    private Report report(List<Spooled> batch) {
        Report report = new Report();
        report.setDevice(identity.device());
        report.setEpoch(epoch);
        report.setSentAt(around.clock().instant());
        report.setDropped(dropped);
        around.memory().token(identity).ifPresent(report::setToken);
        batch.forEach(one -> report.getMessage().add(message(one)));
        return report;
    }

    private StatusMessage message(Spooled spooled) {
        StatusMessage message = new StatusMessage();
        message.setSequence(spooled.sequence);
        message.setObservedAt(spooled.observedAt);
        if (!around.settings().report().isZero()) {
            new Instrument(number).at(spooled.sequence, message);
        }
        Deed deed = spooled.deed;
        if (deed != null) {
            InstructionResult result = new InstructionResult();
            result.setInstruction(deed.sequence());
            result.setOutcome(deed.outcome());
            result.setFinishedAt(spooled.observedAt);
            result.setDetail(deed.detail());
            message.getResult().add(result);
        }
        return message;
    }

    /** Answers how long to wait before the next; zero when there is progress. */
    private Duration settled(AsyncResult<Wire.Answer> done, List<Spooled> batch) {
        if (done.failed()) {
            around.figures().lose();
            LOG.debug("device={} report=lost cause=\"{}\"", identity.device(), String.valueOf(done.cause()));
            return backoff.next(0);
        }
        Wire.Answer answer = done.result();
        try {
            ReportResponse response =
                    around.codec().read(new ByteArrayInputStream(answer.body().getBytes()), ReportResponse.class);
            response.getRejected().forEach(one -> around.figures().refuse("rejected-" + one.getFault(), 0));
            int confirmed = forget(epoch.equals(response.getEpoch()) ? response.getCommitted() : 0);
            around.figures().reported(confirmed);
            if (confirmed == 0) {
                return backoff.next(1);
            }
            backoff.reset();
            return Duration.ZERO;
        } catch (RemoteFault fault) {
            int retryAfter = Math.max(fault.retryAfterSeconds(), answer.retryAfter());
            around.figures().refuse(fault.key(), retryAfter);
            LOG.debug("device={} report=refused fault={}", identity.device(), fault.key());
            if (CONTENT.contains(fault.key())) {
                int unsent = forget(batch.get(batch.size() - 1).sequence);
                assert unsent > 0;
            }
            return backoff.next(retryAfter);
        } catch (Refusal notOurs) {
            if (answer.retryAfter() > 0) {
                around.figures().refuse("http-" + answer.status(), answer.retryAfter());
            } else {
                around.figures().wonder();
            }
            return backoff.next(answer.retryAfter());
        }
    }

    private int forget(long upTo) {
        int forgotten = 0;
        while (!spool.isEmpty() && spool.getFirst().sequence <= upTo) {
            Spooled settled = spool.removeFirst();
            assert settled.sequence > 0;
            forgotten++;
        }
        return forgotten;
    }
}
