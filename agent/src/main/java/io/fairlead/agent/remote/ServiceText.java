package io.fairlead.agent.remote;

import io.fairlead.statements.SessionService;

/** Services in words, for the person at the instrument. */
public final class ServiceText {
    private ServiceText() {}

    /** Such as {@code view desktop} or {@code open terminal shell}. */
    public static String words(SessionService service) {
        String deed = service.mode() == SessionService.Mode.TERMINAL
                ? "open terminal"
                : service.mode().word();
        return deed + " " + service.name();
    }

    /** What is to be known before such a use is allowed; empty where the word says it all. */
    static String warning(SessionService.Mode mode) {
        return switch (mode) {
            case TERMINAL -> "a terminal can do whatever its account may, and is recorded readably";
            case USE -> "what is used cannot be read, and may reach further";
            case VIEW, CONTROL -> "";
        };
    }
}
