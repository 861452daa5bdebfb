/**
 * The channel of the agents: SOAP 1.1 on the event loop, and enrolment. It reads, asks who is there, calls a feature and
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.agentlane;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
