/**
 * The fleet as people look at it: found by a word, filtered, counted, and what needs somebody. It reads the tables of the
 * rooms below in one query each, where asking every room in turn would take many, and writes none. Each question is
 * answered for one actor, with what {@link io.fairlead.enterprise.people.Rights} lets him see.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.roster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
