package io.fairlead.enterprise.instruction;

import java.util.List;

/**
 * The answer of a poll.
 *
 * @param token the next rolling token
 * @param orders in order of number, at most twenty
 * @param signers the certificates (DER) of the keys that signed them, at most four
 * @param renew the agent is to renew its certificate now, with a new key
 */
public record PollAnswer(String token, List<SignedOrder> orders, List<byte[]> signers, boolean renew) {}
