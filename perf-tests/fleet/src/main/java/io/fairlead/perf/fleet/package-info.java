/**
 * A fleet of agents in one process: it enrols as many devices as wanted over the wire, keeps what they got, and lets them
 * poll and report as an instrument's agent does. Knows the contract, not the server.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.perf.fleet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
