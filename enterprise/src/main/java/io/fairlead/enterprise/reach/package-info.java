/**
 * What a device's site lets through, as the device's own check found it: the last check of each device and the one before. It
 * is the device's word, for people to read; nothing is decided by it.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.reach;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
