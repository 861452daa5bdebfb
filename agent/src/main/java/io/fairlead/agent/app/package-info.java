/**
 * The agent as a program: its command line, the customer's {@code site.conf}, the composition root, the watchdog.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.app;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
