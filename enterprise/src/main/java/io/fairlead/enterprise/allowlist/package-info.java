/**
 * What the customers' firewalls are to let out: the catalogue's services and what this server really listens on, as
 * numbered, signed editions. A live host that the catalogue does not name is published to nobody.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.allowlist;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
