/**
 * The product on one machine: a server, agents and simulated analysers as processes, and a live table of what they do;
 * and agents without instruments, by the thousand, where a real fleet is to be seen.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.demo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
