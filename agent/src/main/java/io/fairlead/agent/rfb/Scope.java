package io.fairlead.agent.rfb;

/** What a viewer may do. */
public enum Scope {
    /** Look. No key, no pointer, no clipboard passes, in either direction. */
    VIEW,
    /** Look, and use keyboard and pointer; the clipboard where {@link Terms} let it. */
    CONTROL
}
