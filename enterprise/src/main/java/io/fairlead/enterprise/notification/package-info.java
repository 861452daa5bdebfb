/**
 * Tells other systems what happens, by SOAP calls to where an operator allows it.
 *
 * <pre>
 *   alarm, remote_session ─ triggers, same transaction ─▶ notification_outbox ◀─ {@link
 * io.fairlead.enterprise.notification.MissingWatch}
 *                                                                │ in order of id, one node at a time
 *   {@link io.fairlead.enterprise.notification.Deliveries}: may the account see it? ─▶ numbered ─▶ {@link
 * io.fairlead.enterprise.notification.Courier} ─▶ taken: gone
 * </pre>
 *
 * What is to be told is written by triggers of the tables themselves, in the very transaction of the event: no lane can
 * forget it, a group of alarms costs one statement, and nothing when nobody subscribes. A row gets its number when it is
 * first sent, by the one node that delivers: numbers rise in the order in which rows are sent, whatever order commits had,
 * and what an account may not see is dropped before and leaves no hole that would tell of it.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.notification;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
