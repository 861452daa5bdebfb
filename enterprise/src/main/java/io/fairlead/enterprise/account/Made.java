package io.fairlead.enterprise.account;

import java.time.Instant;

/**
 * A password that was just made.
 *
 * @param secret shown once: nobody can be told it again
 * @param notAfter when it ends
 */
public record Made(String account, AccountSecret secret, Instant notAfter) {}
