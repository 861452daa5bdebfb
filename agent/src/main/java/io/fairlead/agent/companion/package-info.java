/**
 * The window on the desktop of the people at the instrument: shows what the agent asks and takes the answer, and shows remote
 * sessions as long as they last, with a button that ends them. A program of its own, under the account of whoever works there;
 * a client of the agent's door and nothing more. The only room that knows Swing: the agent's service never loads it.
 *
 * <pre>
 *   Companion ── waits at the door (consent.DoorClient) ──▶ Screen ──▶ Prompt: one question   ──▶ answer
 *                                                             └──────▶ Banner: one session    ──▶ end
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.companion;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
