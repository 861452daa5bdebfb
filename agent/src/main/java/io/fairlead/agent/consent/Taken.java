package io.fairlead.agent.consent;

/**
 * What came of a person's answer.
 *
 * @param counts whether it decides the question
 * @param text for that person
 */
record Taken(boolean counts, String text) {}
