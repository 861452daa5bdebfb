package io.fairlead.agent.poll;

import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.link.LinkException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a loop stands with the enterprise. A change is logged and told to the customer once; a week without a network is
 * two lines, not ten thousand.
 * <pre>
 *   STARTING ─▶ ONLINE ◀─▶ UNREACHABLE | TLS_REFUSED | FAULT | BAD_ANSWER | ENROLMENT_NEEDED
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

    private final String loop;
    private final LocalAudit audit;
    private String now = "STARTING";

    /** @param loop the loop's name in the log */
    Standing(String loop, LocalAudit audit) {
        this.loop = loop;
        this.audit = audit;
    }

    static boolean needsPerson(LinkException e) {
        return e.faultKey().filter(NEED_A_PERSON::contains).isPresent();
    }

    void online() {
        if (moved("ONLINE")) {
            LOG.info("loop={} state=ONLINE", loop);
            audit.record(LocalAuditCode.LINK_UP, "loop", loop);
        }
    }

    void failed(LinkException e) {
        String state = needsPerson(e) ? "ENROLMENT_NEEDED" : e.kind().name();
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

    private boolean moved(String to) {
        boolean changed = !now.equals(to);
        now = to;
        return changed;
    }
}
