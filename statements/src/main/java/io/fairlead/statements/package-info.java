/**
 * What is signed by one side and read by the other, or by a person who trusts neither: each a text of lines that can be
 * written in one way only, so that both mean the same bytes. Nothing here asks a network, a disk or a clock.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.statements;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
