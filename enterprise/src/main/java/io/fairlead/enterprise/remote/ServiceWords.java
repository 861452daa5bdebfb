package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.instruction.SessionAct;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Services as rows and orders have them: {@code view/desktop}, {@code terminal/shell}. */
public final class ServiceWords {
    private ServiceWords() {}

    /** Reads one; Refusal(INVALID) when it is none. */
    public static SessionService read(String word) {
        int slash = word.indexOf('/');
        try {
            return new SessionService(
                    word.substring(slash + 1), SessionService.Mode.of(word.substring(0, Math.max(0, slash))));
        } catch (IllegalArgumentException none) {
            throw new Refusal(
                    Fault.INVALID,
                    "a service is written MODE/NAME, where MODE is view, control, terminal or use",
                    none);
        }
    }

    /**
     * Reads what a person types: {@code NAME:MODE}, or {@code NAME} alone for what is simply used. A name may have colons
     * itself, and then needs its mode.
     *
     * @throws IllegalArgumentException that says, as a sentence, what is wrong and what is possible
     */
    public static SessionService typed(String text) {
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String mode = colon < 0 ? SessionService.Mode.USE.word() : text.substring(colon + 1);
        List<String> possible = Stream.of(SessionService.Mode.values())
                .map(SessionService.Mode::word)
                .toList();
        if (!possible.contains(mode)) {
            throw new IllegalArgumentException("\"" + mode + "\" of \"" + text + "\" is no mode; possible are "
                    + possible.stream().map(each -> name + ":" + each).collect(Collectors.joining(", ")) + ", and "
                    + name + " alone, which is " + name + ":use.");
        }
        try {
            return new SessionService(name, SessionService.Mode.of(mode));
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a service: letters, digits and . _ / : - only, 64 at most, first a"
                            + " letter or digit.",
                    none);
        }
    }

    /** Writes one. */
    public static String write(SessionService service) {
        return SessionAct.word(service);
    }

    static List<SessionService> read(String[] words) {
        return List.of(words).stream().map(ServiceWords::read).toList();
    }

    static String[] write(List<SessionService> services) {
        return services.stream().map(ServiceWords::write).toArray(String[]::new);
    }
}
