/**
 * Files that go to the enterprise and come from it, when the customer's {@code site.conf} lets them: never outside the
 * folders that it names, at the rate and in the hours that it names, resumed after whatever interrupts them. Instructions
 * begin transfers; threads of this room carry them.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.agent.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
