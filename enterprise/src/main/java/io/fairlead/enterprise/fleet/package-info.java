/**
 * The devices: what each is (the registry), and when and from where it was last heard (the contact, with its rolling
 * token). What a device reports lives in the room of status, what it is told in that of instruction.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.fleet;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
