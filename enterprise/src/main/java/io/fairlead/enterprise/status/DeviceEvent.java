package io.fairlead.enterprise.status;

/** Something that happened and has no state. */
public record DeviceEvent(String code, Severity severity, String text) {
    /** Throws a Refusal(INVALID) that says what is wrong. */
    public DeviceEvent {
        Words.name("an event's code", code);
        Words.text("an event's text", text);
    }
}
