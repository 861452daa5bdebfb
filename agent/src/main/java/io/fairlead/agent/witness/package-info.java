/**
 * What the enterprise stated of its audit, kept here on the customer's behalf: whoever changes that history later, though
 * he holds the enterprise's own keys, is found out by what lies on this PC.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.witness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
