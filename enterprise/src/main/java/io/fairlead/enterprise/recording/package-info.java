/**
 * Recordings of what goes through tunnels: written without a database, encrypted for a key that whoever writes does not
 * have, chained, and played back. One file each ({@link io.fairlead.enterprise.recording.FileHeader},
 * {@link io.fairlead.enterprise.recording.ChunkSeal}, {@link io.fairlead.enterprise.recording.FrameKind} draw it). What
 * cannot be recorded is not shown: {@link io.fairlead.enterprise.recording.Recording} says when that is so.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.recording;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
