/**
 * Files to and from devices: who asked for which, how far each has come, and their bytes, encrypted, in the
 * {@link io.fairlead.enterprise.file.BlobStore}. A row of {@code transfer} and its lock decide at which offset a file goes
 * on, whichever node is asked; what was acknowledged had been forced to disk.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
