/**
 * The envelope, the faults and the limits that both ends of the channel share. The messages themselves are generated
 * from {@code wsdl/} into {@code io.fairlead.contract.agent}.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.soap;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
