/**
 * The channel of the agents: SOAP 1.1 on the event loop, and enrolment by EST. The lane asks who is there, bounds and
 * reads what comes, calls a feature, and says what it answered; rules live in the features.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.agentlane;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
