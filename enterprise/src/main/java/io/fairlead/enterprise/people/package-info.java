/**
 * Who the people are and what each may do: roles in a region, at a customer, on a model, and the training that is on
 * record. Every lane and every feature asks {@link io.fairlead.enterprise.people.Rights}; how a person proves who he is, is
 * another room's.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.people;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
