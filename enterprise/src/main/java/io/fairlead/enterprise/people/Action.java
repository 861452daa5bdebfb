package io.fairlead.enterprise.people;

/**
 * What a person may or may not do. Which role may do it says {@link Role}.
 *
 * <p>An action on a device is judged by the device's {@link Scope}; one on people by the customer whose people they are; one
 * on the platform only by grants that are not confined to anything.
 */
public enum Action {
    /** That a device is there, its identity, its certificate and its connection. */
    SEE_DEVICE(Subject.DEVICE, false, false),
    /** Its values, alarms, events, instructions, transfers and notes. */
    SEE_DATA(Subject.DEVICE, false, false),
    /** What was done to it, by whom. */
    SEE_RECORD(Subject.DEVICE, false, false),
    /** Acknowledge and comment. */
    HANDLE_ALARM(Subject.DEVICE, false, false),
    WRITE_NOTE(Subject.DEVICE, false, false),
    INSTRUCT(Subject.DEVICE, true, true),
    /** Have it send a file or a diagnostic package, or take a file. */
    MOVE_FILE(Subject.DEVICE, true, true),
    /** Read what it sent. */
    READ_FILE(Subject.DEVICE, true, false),
    /** Ask the instrument for a remote session, and use what its people granted. */
    REQUEST_SESSION(Subject.DEVICE, true, true),
    /** Ask for one on behalf of a person, by what that person may: another system's account, never a person. */
    REQUEST_SESSION_FOR(Subject.DEVICE, false, true),
    /** Play and save what was recorded of its remote sessions, verify it, and have it kept longer. */
    SEE_RECORDING(Subject.DEVICE, false, false),
    /** Take back what waits, end what moves or is open: to stop must be easy, so this needs neither training nor a passkey. */
    STOP(Subject.DEVICE, false, false),
    /** Mute and unmute. */
    MUTE(Subject.DEVICE, false, false),
    /** Say that it is stolen, or was found; revoke its certificates. */
    SECURE(Subject.DEVICE, false, true),
    /** Register it, and make the string that enrols it. */
    ENROL(Subject.DEVICE, false, true),
    /** Say which of two holders of one identity is the device. */
    DECIDE_CLONE(Subject.DEVICE, false, true),
    SEE_PEOPLE(Subject.PEOPLE, false, false),
    /** Add and disable people, and make the links by which they set their passwords. */
    MANAGE_PEOPLE(Subject.PEOPLE, false, true),
    GRANT(Subject.PEOPLE, false, true),
    /** Put a training on record. */
    TRAIN(Subject.PEOPLE, false, true),
    /** All of the audit. */
    SEE_AUDIT(Subject.PLATFORM, false, false),
    /** Let a blocked address try again. */
    UNBLOCK(Subject.PLATFORM, false, true),
    /** Name the hosts to which notifications may be sent. */
    NAME_RECEIVER(Subject.PLATFORM, false, true),
    /** Roll over roots and issuers. */
    MANAGE_AUTHORITY(Subject.PLATFORM, false, true);

    /** What an action is done to. */
    public enum Subject {
        DEVICE,
        PEOPLE,
        PLATFORM
    }

    private final Subject subject;
    private final boolean trained;
    private final boolean guarded;

    Action(Subject subject, boolean trained, boolean guarded) {
        this.subject = subject;
        this.trained = trained;
        this.guarded = guarded;
    }

    public Subject subject() {
        return subject;
    }

    /** Whether it needs training for the device's model, whoever does it. */
    public boolean isTrained() {
        return trained;
    }

    /**
     * Whether only people do it, whatever the roles of an account say: another system asks for a session on behalf of a
     * person, by what that person may.
     */
    public boolean isForPeopleOnly() {
        return this == REQUEST_SESSION;
    }

    /** Whether whoever may do it logs in with a passkey; an account, whether it is taken from some addresses only. */
    public boolean isGuarded() {
        return guarded;
    }
}
