package io.fairlead.enterprise.browser;

import io.vertx.core.Future;

/** Answers a visit. Runs on an event loop and must not block. A {@code Refusal} becomes the page of its fault. */
@FunctionalInterface
public interface PageHandler {
    Future<Answer> answer(Visit visit);
}
