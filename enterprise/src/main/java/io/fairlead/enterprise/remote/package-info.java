/**
 * Remote sessions: who asked an instrument for which, what its people said, and that they end. The row of
 * {@code remote_session} and its lock decide between those who speak at the same time, whichever node they speak to; what
 * was granted, the device's receipt says, and not the row.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.remote;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
