/**
 * Measures how the product grows: the same figures at several numbers of agents, and at several sizes of history. A
 * {@link io.fairlead.perf.growth.Part} is what grows, a {@link io.fairlead.perf.growth.Growth} is what was found of it, and
 * {@link io.fairlead.perf.growth.Chart} draws it. Server, load and PostgreSQL are those of {@code perf compare}, on cores of
 * their own.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.perf.growth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
