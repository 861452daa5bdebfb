/**
 * What devices report: status messages, taken exactly once by a group commit, and what is read from them: latest values,
 * history, alarms, events. Nothing is acknowledged that is not committed.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
