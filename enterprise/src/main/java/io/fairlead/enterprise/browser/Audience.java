package io.fairlead.enterprise.browser;

import io.fairlead.enterprise.people.Actor;
import io.vertx.core.Future;

/** Says who may hear that something has changed. The composition root gives it. */
@FunctionalInterface
public interface Audience {
    /**
     * Whether he may hear of it, as of now; asked again with every heartbeat.
     *
     * @param topic {@code kind} or {@code kind/id}, as {@code Changes} names it
     */
    Future<Boolean> mayHear(Actor actor, String topic);
}
