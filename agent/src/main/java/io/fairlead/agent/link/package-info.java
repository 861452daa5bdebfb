/**
 * The line to the enterprise: the device's identity and how it is obtained, the TLS policy, one client over HTTPS.
 *
 * <p>Nothing here trusts the operating system's store. What a connection may end at stands in {@code identity/}, and got
 * there through the enrolment string.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.link;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
