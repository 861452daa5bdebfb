package io.fairlead.agent.consent;

/**
 * What came of what a person said.
 *
 * @param counts whether it has an effect
 * @param text for that person
 */
public record Taken(boolean counts, String text) {}
