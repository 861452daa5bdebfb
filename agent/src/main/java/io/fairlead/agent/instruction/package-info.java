/**
 * What the enterprise tells this device to do: verified against pinned keys, journaled, run once in the order of
 * numbers, reported. What an instruction does is for the handlers that other rooms plug in.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.instruction;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
