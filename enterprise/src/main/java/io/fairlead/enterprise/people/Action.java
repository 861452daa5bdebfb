package io.fairlead.enterprise.people;

/**
 * What a person may or may not do. Which role may do it says {@link Role}.
 *
 * <p>An action on a device is judged by the device's {@link Scope}; one on people by the customer whose people they are; one
 * on the platform only by grants that are not confined to anything.
 */
public enum Action {
    /** That a device is there, its identity, its certificate and its connection. */
    SEE_DEVICE(Object.DEVICE, false, false),
    /** Its values, alarms, events, instructions, transfers and notes. */
    SEE_DATA(Object.DEVICE, false, false),
    /** What was done to it, by whom. */
    SEE_RECORD(Object.DEVICE, false, false),
    /** Acknowledge and comment. */
    HANDLE_ALARM(Object.DEVICE, false, false),
    WRITE_NOTE(Object.DEVICE, false, false),
    INSTRUCT(Object.DEVICE, true, true),
    /** Have it send a file or a diagnostic package, or take a file. */
    MOVE_FILE(Object.DEVICE, true, true),
    /** Read what it sent. */
    READ_FILE(Object.DEVICE, true, false),
    /** Take back what waits, end what moves: to stop must be easy, so this needs neither training nor a passkey. */
    STOP(Object.DEVICE, false, false),
    /** Mute and unmute. */
    MUTE(Object.DEVICE, false, false),
    /** Say that it is stolen, or was found; revoke its certificates. */
    SECURE(Object.DEVICE, false, true),
    /** Register it, and make the string that enrols it. */
    ENROL(Object.DEVICE, false, true),
    /** Say which of two holders of one identity is the device. */
    DECIDE_CLONE(Object.DEVICE, false, true),
    SEE_PEOPLE(Object.PEOPLE, false, false),
    /** Add and disable people, and make the links by which they set their passwords. */
    MANAGE_PEOPLE(Object.PEOPLE, false, true),
    GRANT(Object.PEOPLE, false, true),
    /** Put a training on record. */
    TRAIN(Object.PEOPLE, false, true),
    /** All of the audit. */
    SEE_AUDIT(Object.PLATFORM, false, false),
    /** Let a blocked address try again. */
    UNBLOCK(Object.PLATFORM, false, true),
    /** Roll over roots and issuers. */
    MANAGE_AUTHORITY(Object.PLATFORM, false, true);

    /** What an action is done to. */
    public enum Object {
        DEVICE,
        PEOPLE,
        PLATFORM
    }

    private final Object object;
    private final boolean trained;
    private final boolean guarded;

    Action(Object object, boolean trained, boolean guarded) {
        this.object = object;
        this.trained = trained;
        this.guarded = guarded;
    }

    public Object object() {
        return object;
    }

    /** Whether it needs training for the device's model, whoever does it. */
    public boolean isTrained() {
        return trained;
    }

    /** Whether whoever may do it logs in with a passkey. */
    public boolean isGuarded() {
        return guarded;
    }
}
