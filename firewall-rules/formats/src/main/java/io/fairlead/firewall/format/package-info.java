/** One class for each way in which firewalls and people are told an allowlist. */
@NullMarked
@CheckReturnValue
package io.fairlead.firewall.format;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
