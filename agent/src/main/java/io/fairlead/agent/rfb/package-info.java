/**
 * What every remote desktop goes through, whatever the viewer: a filter for RFB (RFC 6143) between the VNC server of this PC
 * and a viewer far away. Both are taken to be hostile: each message is read to its last byte, bounded before it is passed or
 * skipped, and what is not known ends the connection with a cause.
 *
 * <p>The filter logs in to the server itself, so a password of the site stays at the site. It decides what of a viewer's
 * input reaches the PC: nothing in {@link io.fairlead.agent.rfb.Scope#VIEW}, and nothing while a question is shown here.
 * Pictures pass in pieces and unchanged, never a whole one in memory; what is compressed is not opened.
 *
 * <pre>
 * VNC server ═▶ ServerMessages (Rectangles, TightRectangle) ═▶ viewer
 *            ◀═ ServerInput ◀═ ViewerMessages              ◀═
 *                  └ gate, scope, clipboard    Screen: size, pixel format, encodings, known to both
 * </pre>
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.rfb;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
