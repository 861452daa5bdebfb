/**
 * How people prove who they are: passwords by SCRAM-SHA-256, which never travel; passkeys; one-time links by which both are
 * set; the sessions that a log-in gives; and the lock-out of addresses that guess. Who may do what, is {@code people}'s.
 *
 * <pre>
 *   browser or command line                                  any node
 *   n,,n=anna,r=CLIENT          ── LogIns.begin ──▶   salt, iterations, r=CLIENT+SERVER, sealed exchange
 *   c=biws,r=…,p=PROOF          ── LogIns.finish ─▶   v=SIGNATURE, a session
 *                                                      └ waiting, until a passkey confirms it, where one is needed
 * </pre>
 *
 * Browsers cannot bind to the TLS channel (no script sees {@code tls-server-end-point}), so nobody does: gs2 is always
 * {@code n,,}. That the server knows the keys is proved by SIGNATURE, which clients check.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.login;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
