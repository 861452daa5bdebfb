/**
 * Accounts of other systems: their names, passwords and client certificates, from which addresses these are taken, and what failed of their calls.
 * An account is a row of {@code people} as a person is, so that roles, trainings, proposals and the audit apply to it; it never
 * logs in, and what it shows is never compared with a person's password.
 *
 * <pre>
 *   POST, Basic erp:fla_…   ── Accounts.judge ──▶   Actor integration:erp
 *   POST, client certificate  ── CertifiedAccounts.judge ──▶   the same
 *                                └ Refusal, one text whatever is wrong; LockOut counts, the audit says why
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.account;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
