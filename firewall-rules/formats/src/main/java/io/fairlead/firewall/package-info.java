/**
 * What may be dialled: hosts, networks, ports, and the rows of an allowlist, valid by construction. Nothing here can hold
 * a character that means something to a firewall.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.firewall;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
