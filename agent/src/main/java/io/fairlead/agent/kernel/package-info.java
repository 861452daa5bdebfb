/**
 * What every room of the agent stands on: files that survive a power cut, the customer's audit file, ids, trusted time.
 * It knows nothing of messages or instructions.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
