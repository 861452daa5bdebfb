package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Map;

/** What a feature refused, as a message in the form, so that nothing typed is lost. */
final class Mending {
    private Mending() {}

    /**
     * The form with a message, or the failure itself when nothing in the form can mend it: where a passkey is needed, it is
     * asked for, and what was typed is put back by {@code draft.js}.
     *
     * @param messages by fault, each as {@code field: text}
     */
    static Future<Form> beside(Form form, Throwable failure, Map<Fault, String> messages) {
        if (!(failure instanceof Refusal refusal)) {
            return Future.failedFuture(failure);
        }
        String message = messages.get(refusal.fault());
        if (message != null) {
            String[] parts = message.split(": ", 2);
            form.fault(parts[0], parts[1]);
            form.fault("", "This was not done; see beside the fields.");
            return Future.succeededFuture(form);
        }
        return switch (refusal.fault()) {
            case FORBIDDEN -> {
                form.fault("", "This is more than you may do, or give, here. Nothing has changed.");
                yield Future.succeededFuture(form);
            }
            case INVALID -> {
                form.fault("", "This cannot be taken as it is. Nothing has changed.");
                yield Future.succeededFuture(form);
            }
            case CONFLICT -> {
                form.fault("", "It is so already, or somebody was faster. Nothing has changed.");
                yield Future.succeededFuture(form);
            }
            default -> Future.failedFuture(failure);
        };
    }
}
