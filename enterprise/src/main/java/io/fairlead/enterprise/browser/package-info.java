/**
 * The door of the people's listener for browsers: who is there, what a page may load, what counts as a change that this
 * person meant, and the frame that every page stands in. It knows no page: rooms above give it theirs as {@link
 * io.fairlead.enterprise.browser.Pages}.
 *
 * <pre>
 * request ─▶ SecurityHeaders ─▶ Doors: deadline and size of the body ─▶ same site? ─▶ session (Sessions) ─▶ admitted? (Access)
 *         ─▶ CSRF, of a change ─▶ the page's handler: Visit ─▶ Answer ─▶ template in the frame, redirection, JSON, or a fault
 * </pre>
 *
 * Streams of remote sessions come past all that to {@link io.fairlead.enterprise.browser.ViewerDoor}, with the same cookie.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.browser;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
