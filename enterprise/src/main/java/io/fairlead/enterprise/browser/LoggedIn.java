package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Actor;
import java.time.Instant;

/**
 * A person behind a valid session, as of this request.
 *
 * @param actor as features and the audit take him
 * @param name as it is shown
 * @param session names the session; no secret, unlike the token in the cookie
 * @param until when the session ends if nothing more is heard
 */
public record LoggedIn(Actor actor, String name, String session, Instant until) {}
