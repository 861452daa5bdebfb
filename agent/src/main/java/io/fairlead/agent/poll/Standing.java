package io.fairlead.agent.poll;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.fairlead.agent.kernel.Backoff;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.link.LinkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a loop stands with the enterprise. A change is logged and told to the customer once; a week without a network is
 * two lines, not ten thousand.
 * <pre>
 *   STARTING ─▶ ONLINE ◀─▶ UNREACHABLE | PROXY_… | TLS_REFUSED | FAULT | BAD_ANSWER | HELD | ENROLMENT_NEEDED
 * </pre>
 */
final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    /** Faults that no waiting cures: a person has to enrol this device anew, or to take it off the enterprise's list. */
    private static final Set<String> NEED_A_PERSON = Set.of(
            "no-certificate",
            "certificate-refused",
            "certificate-expired",
            "certificate-revoked",
            "wrong-device",
            "unknown-device");

    private static final String HELD = "identity-held";
    /** Also the first answer to one who presents a token of minutes ago. */
    private static final String BUSY = "busy";

    private static final Duration HELD_WAIT = Duration.ofMinutes(1);

    private final String loop;
    private final LocalAudit audit;
    private final LongSupplier nanos;
    private volatile String now = "STARTING";
    private volatile String cause = "";
    private volatile long since;
    /** When the enterprise answered last; meaningless while {@link #answered} is false. */
    private volatile long lastAnswer;

    private volatile boolean answered;

    /**
     * @param loop the loop's name in the log
     * @param nanos a clock that only runs forward
     */
    Standing(String loop, LocalAudit audit, LongSupplier nanos) {
        this.loop = loop;
        this.audit = audit;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    static boolean needsPerson(LinkException e) {
        return e.faultKey().filter(NEED_A_PERSON::contains).isPresent();
    }

    /** Whether another has this identity as well. */
    static boolean held(LinkException e) {
        return e.faultKey().filter(HELD::equals).isPresent();
    }

    /** Whether the enterprise may have said it because another has this identity as well, and not decided yet. */
    static boolean ofTwo(LinkException e) {
        return held(e) || e.faultKey().filter(BUSY::equals).isPresent();
    }

    /**
     * How long to wait after a failure. While another has this identity as well, and a person at the enterprise is to
     * decide who is the genuine one, it is asked as often as it says: whoever is picked goes on soon.
     */
    static Duration patience(LinkException e, Backoff backoff) {
        if (held(e)) {
            return e.retryAfter().orElse(HELD_WAIT);
        }
        return needsPerson(e) ? backoff.quiet(e.retryAfter()) : backoff.next(e.retryAfter());
    }

    /** Whether it was not so before. */
    @CanIgnoreReturnValue
    boolean online() {
        lastAnswer = nanos.getAsLong();
        answered = true;
        cause = "";
        boolean changed = moved("ONLINE");
        if (changed) {
            LOG.info("loop={} state=ONLINE", loop);
            audit.record(LocalAuditCode.LINK_UP, "loop", loop);
        }
        return changed;
    }

    void failed(LinkException e) {
        cause = String.valueOf(e.getMessage());
        String state = held(e)
                ? "HELD"
                : needsPerson(e) ? "ENROLMENT_NEEDED" : e.kind().name();
        if (moved(state + e.faultKey().map(key -> " " + key).orElse(""))) {
            LOG.warn("loop={} state={} cause=\"{}\"", loop, state, e.getMessage());
            audit.record(
                    LocalAuditCode.LINK_DOWN, "loop", loop, "state", state, "cause", String.valueOf(e.getMessage()));
        } else {
            LOG.debug("loop={} state={} cause=\"{}\"", loop, state, e.getMessage());
        }
    }

    /** The state's name, and a fault's key where there is one. */
    String now() {
        return now;
    }

    /** For {@code agent status}; any thread may ask. */
    List<StatusLine> lines() {
        long at = nanos.getAsLong();
        List<StatusLine> lines = new ArrayList<>();
        String state = now;
        lines.add(StatusLine.of("state", state, Advice.on(state)));
        if (!cause.isEmpty()) {
            lines.add(StatusLine.of("cause", cause));
        }
        lines.add(span("since-seconds", at - since, " ago"));
        if (answered) {
            lines.add(span("last-answer-seconds", at - lastAnswer, " ago"));
        } else {
            lines.add(StatusLine.of("last-answer-seconds", -1, "none since the agent was started"));
        }
        return lines;
    }

    private static StatusLine span(String key, long nanos, String after) {
        Duration span = Duration.ofNanos(nanos);
        return StatusLine.of(key, span.toSeconds(), StatusLine.span(span) + after);
    }

    private boolean moved(String to) {
        boolean changed = !now.equals(to);
        if (changed) {
            since = nanos.getAsLong();
            now = to;
        }
        return changed;
    }
}
