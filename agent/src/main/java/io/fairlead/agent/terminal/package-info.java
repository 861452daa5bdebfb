/**
 * Terminals that end here, so that nothing but what a person types and sees passes: a program on a terminal of this PC, or an
 * SSH log-in without any forwarding.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.terminal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
