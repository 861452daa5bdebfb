package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;

/** Makes the one-time links by which people set their passwords. */
@FunctionalInterface
public interface PasswordLinks {
    /**
     * The URL, told once. Fails with Refusal: FORBIDDEN, PASSKEY_NEEDED, NOT_FOUND.
     *
     * @param newPasskey whether the person's passkeys are removed when it is used
     */
    Future<String> make(Actor actor, String person, boolean newPasskey);
}
