package io.fairlead.enterprise.fleet;

/**
 * What became of a poll's contact.
 *
 * @param token to be given with the answer, 32 hexadecimal digits
 * @param suspected the presented token was neither the newest nor, for the first time, the one before: two may hold one identity
 * @param journaledRose the agent has journaled instructions since its last poll
 */
public record Rolled(String token, boolean suspected, boolean journaledRose) {}
