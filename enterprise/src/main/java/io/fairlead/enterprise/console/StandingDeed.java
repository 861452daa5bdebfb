package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.people.Action;
import java.util.List;
import java.util.Optional;

/** What a person may say about a device as a whole, with what follows from it in plain words. */
public enum StandingDeed {
    MUTE(
            Action.MUTE,
            false,
            "Mute",
            "Mute this device",
            List.of(
                    "It gets no instructions and moves no files.",
                    "What it reports is still taken, and its alarms are still raised.",
                    "What waits for it goes on waiting, and expires at its time.",
                    "You can unmute it at any time."),
            "is muted."),
    UNMUTE(
            Action.MUTE,
            false,
            "Unmute",
            "Unmute this device",
            List.of("It gets instructions and moves files again.", "What still waits for it goes out at once."),
            "is no longer muted."),
    REVOKE(
            Action.SECURE,
            true,
            "Revoke",
            "Revoke this device’s certificates",
            List.of(
                    "Its certificates are dead for good, and so is every code that was made for it.",
                    "It is cut off at once: nothing it sends is taken, and no instruction reaches it.",
                    "Its agent keeps what it cannot send, and goes on trying.",
                    "It comes back only when somebody at the instrument enrols it with a new code."),
            "is revoked. It needs a new code."),
    STOLEN(
            Action.SECURE,
            true,
            "Report stolen",
            "Report this device stolen",
            List.of(
                    "Its certificates are dead for good, and it is muted.",
                    "Every instruction that waits for it is cancelled.",
                    "An alarm is raised, and no code can be made for it until somebody says that it was found.",
                    "When it is found, it has to be enrolled anew at the instrument."),
            "counts as stolen."),
    FOUND(
            Action.SECURE,
            false,
            "Found",
            "Say that this device was found",
            List.of(
                    "It is no longer muted, and its alarm is cleared.",
                    "Its certificates stay dead: somebody at the instrument enrols it with a new code."),
            "is found. It needs a new code."),
    RETIRE(
            Action.ENROL,
            true,
            "Retire",
            "Take this device out of service",
            List.of(
                    "Its certificates are dead for good, and it is muted.",
                    "Every instruction that waits for it is cancelled, and no code can be made for it.",
                    "Lists leave it out unless they are asked for retired devices. Its record, history and audit stay.",
                    "You can bring it back into service; then somebody at the instrument enrols it with a new code."),
            "is retired."),
    UNRETIRE(
            Action.ENROL,
            false,
            "Bring back",
            "Bring this device back into service",
            List.of(
                    "Lists show it again, and it is no longer muted.",
                    "Its certificates stay dead: it counts as not enrolled until somebody at the instrument enrols it with a new code.",
                    "What was cancelled when it was retired stays cancelled."),
            "is back in service. It needs a new code.");

    private final Action action;
    private final boolean grave;
    private final String label;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> consequences;

    private final String done;

    StandingDeed(Action action, boolean grave, String label, String title, List<String> consequences, String done) {
        this.action = action;
        this.grave = grave;
        this.label = label;
        this.title = title;
        this.consequences = consequences;
        this.done = done;
    }

    public Action action() {
        return action;
    }

    /** Whether certificates die by it, which cannot be undone from here: then the device's name is typed. */
    public boolean isGrave() {
        return grave;
    }

    public String label() {
        return label;
    }

    public String title() {
        return title;
    }

    public List<String> consequences() {
        return consequences;
    }

    /** Behind the device's name. */
    public String done() {
        return done;
    }

    /** As it stands in the path. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether there is any sense in it as things stand. */
    public boolean fits(Device device) {
        return switch (this) {
            case MUTE -> !device.muted() && device.retiredAt() == null;
            case UNMUTE -> device.muted() && device.stolenSince() == null && device.retiredAt() == null;
            case REVOKE -> device.enrolment() != null && device.stolenSince() == null && device.retiredAt() == null;
            case STOLEN -> device.stolenSince() == null;
            case FOUND -> device.stolenSince() != null;
            case RETIRE -> device.retiredAt() == null;
            case UNRETIRE -> device.retiredAt() != null;
        };
    }

    static Optional<StandingDeed> ofKey(String key) {
        for (StandingDeed deed : values()) {
            if (deed.key().equals(key)) {
                return Optional.of(deed);
            }
        }
        return Optional.empty();
    }
}
