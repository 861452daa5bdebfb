/**
 * What the agent sees: the PC, log files, result files and commands that the customer's {@code site.conf} names, turned
 * into status messages that the contract allows. Two threads: one looks at files each second, one samples every minute.
 *
 * <pre>
 * probe ──Findings──▶ Batch ──▶ Reporter (alarms on change, event cap, item cap) ──▶ MessageCutter ──▶ Sink (the spool)
 *                                   └ Bookmarks: where each file was read to, which alarms are open (forced to disk)
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
