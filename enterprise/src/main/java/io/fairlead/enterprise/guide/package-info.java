/**
 * What those who build another system are told of a service: what its operations are for, and a request of each that the
 * contract takes. Read from the contract's own files, so that it is never something else than what is served.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.guide;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
