package io.fairlead.enterprise.notification;

import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** What can be subscribed to. */
public enum EventKind {
    ALARM_RAISED("alarm-raised", Action.SEE_DATA),
    DEVICE_MISSING("device-missing", Action.SEE_DEVICE),
    SESSION_ENDED("session-ended", Action.SEE_DATA);

    private final String key;
    private final Action needs;

    EventKind(String key, Action needs) {
        this.key = key;
        this.needs = needs;
    }

    /** As it is stored and said. */
    public String key() {
        return key;
    }

    /** What one must be allowed on a device to be told of it. */
    Action needs() {
        return needs;
    }

    /** Throws Refusal(INVALID) for a word that is none. */
    public static EventKind ofKey(String key) {
        for (EventKind kind : values()) {
            if (kind.key.equals(key)) {
                return kind;
            }
        }
        throw new Refusal(Fault.INVALID, "there is no kind of event " + key);
    }
}
