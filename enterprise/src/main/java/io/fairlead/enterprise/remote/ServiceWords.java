package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.instruction.SessionAct;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.SessionService;
import java.util.List;

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
