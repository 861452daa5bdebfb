/**
 * The PC that the agent is a guest of: what depends on the kind of its operating system, and how much of its disks is left
 * alone. Nothing above asks which system this is.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.host;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
