/**
 * Proxy auto-configuration: a site's own program, in JavaScript, that says which proxies lead to a server. It is fetched
 * from where the customer says, and run in a short-lived child process, so that neither its loops nor the engine's memory
 * are the agent's.
 *
 * <p>{@link io.fairlead.agent.pac.PacMain} and what only it uses load the engine (Rhino); the agent's own process never
 * does.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.pac;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
