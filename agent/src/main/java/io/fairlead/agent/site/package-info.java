/**
 * What the customer allows: {@code site.conf}, whether it can be believed, and the rule for each action; and beside it the
 * tuning that instructions may change. Nothing here writes {@code site.conf}.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.site;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
