/**
 * Reads a configuration file, strictly: every key is asked for by somebody or refused, and everything that is wrong is
 * told at once, with file and line.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.settings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
