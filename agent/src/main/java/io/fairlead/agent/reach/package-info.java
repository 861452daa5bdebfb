/**
 * Walks an allowlist from the instrument's place: what is reached, by which way, who signs what answers there, and what IT
 * has to change where something is in the way. For people; nothing of the agent's work depends on it.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.reach;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
