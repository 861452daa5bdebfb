package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.kernel.PlainText;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionRequest;
import io.fairlead.statements.SessionService;
import java.util.List;

/**
 * What somebody asks an instrument for.
 *
 * @param reason why, for the person at the instrument: 1 to 300 characters
 * @param minutes from the yes on, 1 to 480
 * @param services 1 to 8, each name once
 */
public record SessionWish(Actor actor, DeviceId device, String reason, int minutes, List<SessionService> services) {
    /** Throws a Refusal(INVALID) that says what is wrong. */
    public SessionWish {
        reason = reason.strip();
        services = List.copyOf(services);
        if (reason.isEmpty() || reason.length() > SessionRequest.MOST_TEXT || !PlainText.is(reason)) {
            throw new Refusal(
                    Fault.INVALID,
                    "a session needs a reason for the person at the instrument: 1 to 300 characters on one line");
        }
        if (minutes < 1 || minutes > SessionRequest.MOST_MINUTES) {
            throw new Refusal(Fault.INVALID, "a session lasts 1 to 480 minutes");
        }
        if (services.isEmpty()
                || services.size() > SessionRequest.MOST_SERVICES
                || services.stream().map(SessionService::name).distinct().count() < services.size()) {
            throw new Refusal(Fault.INVALID, "a session is about 1 to 8 services, each named once");
        }
    }

    /** What the person at the instrument is shown, so that the receipt can be held against it. */
    SessionRequest request(String session, String requester, String organisation) {
        return new SessionRequest(device.value(), session, requester, organisation, reason, minutes, services);
    }
}
