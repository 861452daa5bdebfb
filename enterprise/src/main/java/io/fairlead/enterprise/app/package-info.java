/**
 * The enterprise server as a program: its configuration, the composition root, and the command line's entry.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.app;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
