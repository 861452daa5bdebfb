package io.fairlead.agent.app;

import io.fairlead.agent.consent.OpenSession;
import io.fairlead.agent.consent.OpenSessions;
import io.fairlead.agent.consent.Person;
import io.fairlead.agent.consent.Taken;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import io.fairlead.agent.remote.ServiceText;
import io.fairlead.agent.remote.Sessions;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.StreamCause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Remote sessions as the person at the instrument has them at hand. The enterprise hears that somebody ended one, not who. */
record SessionsAtHand(Sessions remote, LocalAudit audit) implements OpenSessions {
    @Override
    public Optional<String> handsOn() {
        return remote.handsOn()
                .map(why -> "Not now: " + why + ". Only a companion window that was open before can accept meanwhile;"
                        + " `agent end` ends it.");
    }

    @Override
    public List<OpenSession> sessions() {
        return remote.atHand().stream().map(SessionsAtHand::seen).toList();
    }

    private static OpenSession seen(Sessions.AtHand one) {
        SessionRequest request = one.request();
        String services = one.services().stream().map(ServiceText::words).collect(Collectors.joining(", "));
        return new OpenSession(
                request.session(),
                request.requester() + ", " + request.organisation(),
                request.reason(),
                one.clipboard() ? "Clipboard shared; " + services : services,
                one.until(),
                one.streams(),
                String.join("; ", one.watchers()));
    }

    @Override
    public Taken end(String id, Person who) {
        List<Sessions.AtHand> found = remote.atHand().stream()
                .filter(one -> one.request().session().startsWith(id))
                .toList();
        if (found.size() > 1) {
            return new Taken(false, "Several sessions are open: say which, as `agent sessions` shows them.");
        }
        if (found.isEmpty() || !remote.end(found.get(0).request().session(), StreamCause.ENDED_AT_INSTRUMENT)) {
            return new Taken(false, "There is no such session.");
        }
        SessionRequest ended = found.get(0).request();
        audit.record(
                LocalAuditCode.SESSION_STOPPED, "session", ended.session(), "account", who.name(), "kind", who.kind());
        return new Taken(true, "Ended: the session of " + ended.requester() + ", " + ended.organisation() + ".");
    }
}
