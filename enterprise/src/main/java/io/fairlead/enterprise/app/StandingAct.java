package io.fairlead.enterprise.app;

import java.util.Locale;

/** What a person may say about a device as a whole. */
enum StandingAct {
    REVOKE(
            true,
            "%s is revoked: it needs a new code (fairlead enrol %s).",
            "%s had nothing left to revoke.",
            "Kills the device's certificates and open codes. Its next request is refused, and its open poll ends.",
            "It comes back by a new code: fairlead enrol DEVICE."),
    MUTE(
            false,
            "%s is muted: it gets no instruction and moves no file; its reports are taken.",
            "%s was muted before.",
            "Gives the device no instruction and moves no file, until it is unmuted. Its reports are taken.",
            "What waits for it goes on waiting, and out of date at its time."),
    UNMUTE(
            false,
            "%s is heard again; what waits for it goes out.",
            "%s was not muted.",
            "Ends what `mute` began.",
            "What still waits for the device goes out at once."),
    STOLEN(
            true,
            "%s counts as stolen: revoked and muted, and what waited for it is cancelled.",
            "%s was reported stolen before.",
            "Revokes and mutes the device, cancels what waits for it, and raises an alarm.",
            "No code is made for it until `fairlead devices found DEVICE`."),
    FOUND(
            false,
            "%s is back: enrol it anew (fairlead enrol %s).",
            "%s was not reported stolen.",
            "Ends what `stolen` began, but for the certificates: those stay dead.",
            "The device comes back by a new code: fairlead enrol DEVICE."),
    RETIRE(
            true,
            "%s is retired: revoked and muted, what waited for it is cancelled, and lists leave it out.",
            "%s was retired before.",
            "Takes the device out of service: revokes and mutes it, cancels what waits for it, and leaves it out of lists.",
            "Its record stays. No code is made for it until `fairlead devices unretire DEVICE`."),
    UNRETIRE(
            false,
            "%s is back in service: enrol it anew (fairlead enrol %s).",
            "%s was not retired.",
            "Ends what `retire` began, but for the certificates: those stay dead.",
            "The device comes back by a new code: fairlead enrol DEVICE.");

    private final boolean grave;
    private final String done;
    private final String idle;
    private final String first;
    private final String second;

    StandingAct(boolean grave, String done, String idle, String first, String second) {
        this.grave = grave;
        this.done = done;
        this.idle = idle;
        this.first = first;
        this.second = second;
    }

    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it cannot be taken back from here: then a person is asked first. */
    boolean grave() {
        return grave;
    }

    String said(String device, boolean changed) {
        return (changed ? done : idle).replace("%s", device);
    }

    String[] description() {
        return new String[] {first, second};
    }
}
