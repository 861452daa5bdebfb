/**
 * Measures the product beside what it is compared with: both as processes on the same core, in turns, round by round, by the
 * processor time that the operating system accounts to them. A {@link io.fairlead.perf.compare.Row} is one comparison, its
 * {@link io.fairlead.perf.compare.Finding}s are what it found, and {@link io.fairlead.perf.compare.Results} is the file that
 * keeps them.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.perf.compare;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
