/**
 * The relay: brings the two ends of a stream together, when both show a ticket of the enterprise for it and the agent's a
 * receipt of its customer's yes. It has no database and knows nobody's rights; it could stand alone in a region.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.tunnel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
