package io.fairlead.enterprise.app;

import io.fairlead.enterprise.remote.ServiceWords;
import java.util.Objects;

/** A service as people type it. */
final class ServiceArgument {
    private ServiceArgument() {}

    /** Its word in commands; Unable says what is possible when there is no such mode. */
    static String word(String typed) {
        try {
            return ServiceWords.write(ServiceWords.typed(typed));
        } catch (IllegalArgumentException none) {
            throw new Unable(Objects.requireNonNullElse(none.getMessage(), "This is no service."), none);
        }
    }
}
