/**
 * The spool: status messages that are not yet settled at the enterprise, on disk, first in, first out, and bounded. It
 * numbers them and forgets them; sending is another room's work.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
