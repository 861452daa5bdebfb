package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.perf.fleet.Identity;
import io.fairlead.perf.fleet.Memory;
import io.fairlead.soap.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one agent knows: its rolling token, its spool, its journal. As honest as a real one, but it believes the
 * server's signatures, and its spool is in memory. Its virtual users (one polls, one reports, one sends files) are the connections that a real
 * agent has; any of them may ask at any time.
 *
 * <pre>
 *   poll, not held ─▶ poll, not held ─▶ parked poll ⟲        and from the second answer on: report, send files
 *         ▲────────── an answer was lost ──────┘
 * </pre>
 */
final class SimulatedAgent {
    private static final String VERSION = "0.1.0-simulated";
    /** Polls that are not held after a start or a loss: the token has to show first that nobody else has this identity. */
    private static final int MOST_DOUBTS = 2;

    /** Those that are not held, and one more, which brings what waits. */
    private static final int FIRST_POLLS = 3;

    private static final int MOST_MESSAGES = 50;
    /** An answer without anything new that comes sooner is not what a poll is for. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Identity identity;
    private final Memory memory;
    private final String epoch;
    private final Documents documents;
    private final Clock clock;
    private final Tally tally;
    private final Deque<StatusMessage> spool = new ArrayDeque<>();
    private final Deque<FileWanted> wanted = new ArrayDeque<>();
    private int doubts = MOST_DOUBTS;
    private int answers;
    private long newest;
    private boolean hasValues;

    /**
     * @param memory of its token and journal
     * @param epoch of its spool: 32 hexadecimal digits, of its own
     */
    SimulatedAgent(Identity identity, Memory memory, String epoch, Documents documents, Clock clock, Tally tally) {
        this.identity = identity;
        this.memory = memory;
        this.epoch = epoch;
        this.documents = documents;
        this.clock = clock;
        this.tally = tally;
    }

    String device() {
        return identity.device();
    }

    /** Whether the next poll is held. */
    synchronized boolean isSure() {
        return doubts == 0;
    }

    /** @param hold seconds to be held when nothing is in doubt */
    synchronized Poll poll(int hold) {
        Poll poll = new Poll();
        poll.setDevice(device());
        poll.setHold(doubts > 0 ? 0 : hold);
        poll.setJournaled(memory.journaled(identity));
        memory.token(identity).ifPresent(poll::setToken);
        poll.setAgentVersion(VERSION);
        return poll;
    }

    /**
     * Takes an answer to a poll; returns how long to wait before the next.
     *
     * @param held how long the answer took
     */
    synchronized Duration polled(PollResponse answer, Duration held) {
        boolean doubtful = doubts > 0;
        memory.keepToken(identity, answer.getToken());
        doubts = Math.max(0, doubts - 1);
        answers++;
        answer.getInstruction().forEach(this::obey);
        boolean early = held.compareTo(SOON) < 0 && answer.getInstruction().isEmpty();
        return early && !doubtful ? SOON : Duration.ZERO;
    }

    /** Its connections broke. */
    synchronized void fellOff() {
        doubts = MOST_DOUBTS;
    }

    /** A poll was not answered, or refused; returns how long to wait before the next. */
    synchronized Duration lost() {
        doubts = MOST_DOUBTS;
        return Duration.ofMillis(1_000 + ThreadLocalRandom.current().nextLong(4_000));
    }

    private void obey(SignedInstruction signed) {
        if (signed.getSequence() <= memory.journaled(identity)) {
            return;
        }
        memory.keepJournaled(identity, signed.getSequence());
        tally.add(Tally.INSTRUCTIONS, 1);
        Order order = documents.read(signed.getOrder(), Order.class);
        Outcome outcome = Outcome.DONE;
        if (order.getUpload() != null) {
            wanted.add(new FileWanted(
                    order.getUpload().getTransfer(), order.getUpload().getPath()));
        } else if (order.getCollect() == null) {
            outcome = Outcome.REFUSED;
        }
        InstructionResult result = new InstructionResult();
        result.setInstruction(signed.getSequence());
        result.setOutcome(outcome);
        result.setDetail("simulated");
        result.setFinishedAt(now());
        StatusMessage message = new StatusMessage();
        message.getResult().add(result);
        note(message);
    }

    /** The next file that was asked for. */
    synchronized Optional<FileWanted> nextFile() {
        return Optional.ofNullable(wanted.poll());
    }

    /** Puts a message into the spool, with the next number and the time. */
    synchronized void note(StatusMessage message) {
        message.setSequence(++newest);
        message.setObservedAt(now());
        spool.add(message);
    }

    /** A report of the oldest messages; empty while there is none, or the token is in doubt. */
    synchronized Optional<Report> report() {
        if (doubts > 0 || spool.isEmpty()) {
            return Optional.empty();
        }
        Report report = new Report();
        report.setDevice(device());
        report.setEpoch(epoch);
        report.setSentAt(now());
        memory.token(identity).ifPresent(report::setToken);
        spool.stream().limit(MOST_MESSAGES).forEach(report.getMessage()::add);
        return Optional.of(report);
    }

    /** Forgets what the server has for ever, and only that. */
    synchronized void settled(ReportResponse answer) {
        if (!epoch.equals(answer.getEpoch()) || answer.getCommitted() > newest) {
            throw new IllegalStateException("a report of " + device() + " was confirmed up to " + answer.getCommitted()
                    + " of epoch " + answer.getEpoch());
        }
        int before = spool.size();
        while (!spool.isEmpty() && spool.element().getSequence() <= answer.getCommitted()) {
            StatusMessage settled = spool.remove();
            hasValues |= !settled.getItem().isEmpty();
        }
        int rejected = answer.getRejected().size();
        tally.add(Tally.REJECTED, rejected);
        tally.add(Tally.MESSAGES, before - spool.size() - rejected);
    }

    /** Whether it has heard what waited for it, reported all that it has, and begun all files. */
    synchronized boolean isIdle() {
        return answers >= FIRST_POLLS && spool.isEmpty() && wanted.isEmpty();
    }

    /** Messages that wait to be reported. */
    synchronized int waiting() {
        return spool.size();
    }

    /** Whether the server has values of it: what it says first may be an instruction's result. */
    synchronized boolean hasValues() {
        return hasValues;
    }

    /** Milliseconds, as agents have them. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
