/**
 * Asks the person at the instrument, and takes the answer over a Unix-domain socket; there is no other way to answer, and
 * nothing here listens on a network. What comes from the enterprise is only ever shown, and never is an answer.
 *
 * <pre>
 *   caller ──Question──▶ Asking ◀── approve / decline ── Door (DATA/approve/agent.sock) ◀── DoorClient: the command line
 *   caller ◀──Answer───     │ 60 s                         │ who is it? (SO_PEERCRED)  may he? (Approvers)
 *                           └──────── every step ──────────┴──▶ the customer's audit
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.consent;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
