package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.outbox.Outbox;
import io.fairlead.contract.agent.Rejected;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.SoapCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports from the spool's front, one at a time. A report that the enterprise calls malformed or too large is halved until
 * it goes or is one message; that one is set aside, so that it never blocks those behind it. What is settled is what the
 * answer says for this spool's epoch, and nothing else. One thread's own.
 */
public final class Sending {
    static final String ACTION = "urn:fairlead:agent-channel:1/Report";
    static final int MOST_MESSAGES = 50;
    static final int MOST_XML_BYTES = 60_000;
    static final int MOST_BODY_BYTES = 65_536;
    private static final Duration READ = Duration.ofSeconds(60);
    /** Faults that the report's content may have caused, and a smaller report may not. */
    private static final Set<String> CONTENT =
            Set.of("body-too-large", "malformed", "xml-limit", "xml-forbidden", "invalid");

    private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

    /** What a report came to. */
    enum Sent {
        /** The spool is shorter, or the next report will be. */
        PROGRESS,
        /** The spool is empty. */
        NOTHING_TO_SEND,
        /** No poll was answered since the start, or another has this identity as well. */
        NOT_YET,
        /** The enterprise answered and nothing is settled by it. */
        NO_PROGRESS
    }

    private final Link link;
    private final String device;
    private final SoapCodec codec;
    private final Outbox outbox;
    private final SetAside aside;
    private final TrustedTime time;
    private final Clock clock;
    private final LocalAudit audit;
    private final RollingToken token;
    private int most = MOST_MESSAGES;
    private boolean foreignTold;

    public Sending(
            Link link,
            String device,
            SoapCodec codec,
            Outbox outbox,
            SetAside aside,
            TrustedTime time,
            Clock clock,
            LocalAudit audit,
            RollingToken token) {
        this.link = link;
        this.device = device;
        this.codec = codec;
        this.outbox = outbox;
        this.aside = aside;
        this.time = time;
        this.clock = clock;
        this.audit = audit;
        this.token = token;
    }

    /**
     * Sends the oldest messages and settles what is committed.
     *
     * @throws LinkException when there was no answer, or a fault that is not the content's
     * @throws IOException when the spool cannot be read or written
     */
    Sent send() throws LinkException, IOException {
        if (!token.shown()) {
            return Sent.NOT_YET;
        }
        List<StatusMessage> batch = outbox.oldest(most, MOST_XML_BYTES);
        if (batch.isEmpty()) {
            return Sent.NOTHING_TO_SEND;
        }
        byte[] envelope = envelope(batch);
        if (envelope.length > MOST_BODY_BYTES) {
            return smaller(batch, "body-too-large");
        }
        try {
            Sent sent = settle(link.call(ACTION, envelope, ReportResponse.class, READ), batch);
            most = Math.min(MOST_MESSAGES, most * 2);
            return sent;
        } catch (LinkException e) {
            String key = e.faultKey().orElse("");
            if (!CONTENT.contains(key)) {
                throw e;
            }
            return refused(batch, key);
        }
    }

    /** A fault of the last message left is its own only if the enterprise takes a report without it. */
    private Sent refused(List<StatusMessage> batch, String key) throws LinkException, IOException {
        if (batch.size() == 1) {
            byte[] empty = envelope(List.of());
            Sent ignored = settle(link.call(ACTION, empty, ReportResponse.class, READ), List.of());
            LOG.debug("report=empty outcome={}", ignored);
        }
        return smaller(batch, key);
    }

    private Sent smaller(List<StatusMessage> batch, String key) throws IOException {
        if (batch.size() > 1) {
            most = batch.size() / 2;
            return Sent.PROGRESS;
        }
        StatusMessage message = batch.get(0);
        aside.keep(outbox.epoch(), message, key);
        outbox.settled(message.getSequence());
        return Sent.PROGRESS;
    }

    private Sent settle(ReportResponse answer, List<StatusMessage> batch) throws LinkException, IOException {
        String epoch = answer.getEpoch();
        if (!outbox.epoch().equals(epoch)) {
            if (!foreignTold) {
                LOG.warn("report=acknowledged-for-another-epoch ours={}", outbox.epoch());
                audit.record(
                        LocalAuditCode.REPORT_FOREIGN_ACK, "ours", outbox.epoch(), "answered", String.valueOf(epoch));
            }
            foreignTold = true;
            return Sent.NO_PROGRESS;
        }
        foreignTold = false;
        if (answer.getServerTime() != null) {
            time.heard(answer.getServerTime());
        }
        tellRejected(answer.getRejected(), batch);
        if (!outbox.believable(answer.getCommitted())) {
            throw LinkException.badAnswer("a report confirmed up to " + answer.getCommitted());
        }
        if (batch.isEmpty() || answer.getCommitted() < batch.get(0).getSequence()) {
            return Sent.NO_PROGRESS;
        }
        outbox.settled(answer.getCommitted());
        return Sent.PROGRESS;
    }

    /** Each message of this report once: whatever else an answer names, it cannot fill the customer's audit. */
    private void tellRejected(List<Rejected> rejected, List<StatusMessage> batch) {
        Set<Long> sent = new HashSet<>();
        batch.forEach(message -> sent.add(message.getSequence()));
        int strange = 0;
        for (Rejected each : rejected) {
            if (sent.remove(each.getSequence())) {
                LOG.warn("report=rejected sequence={} fault={}", each.getSequence(), each.getFault());
                audit.record(
                        LocalAuditCode.REPORT_REJECTED,
                        "sequence",
                        each.getSequence(),
                        "fault",
                        String.valueOf(each.getFault()));
            } else {
                strange++;
            }
        }
        if (strange > 0) {
            LOG.warn("report=rejected-what-was-not-sent count={}", strange);
        }
    }

    private byte[] envelope(List<StatusMessage> batch) {
        Report report = new Report();
        report.setDevice(device);
        report.setEpoch(outbox.epoch());
        report.setSentAt(clock.instant());
        report.setDropped(outbox.dropped());
        token.current().ifPresent(report::setToken);
        report.getMessage().addAll(batch);
        return codec.write(report);
    }
}
