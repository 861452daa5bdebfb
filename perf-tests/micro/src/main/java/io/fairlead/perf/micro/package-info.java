/** What single steps cost, one at a time and without their neighbours; the whole is measured side by side. */
@NullMarked
@CheckReturnValue
package io.fairlead.perf.micro;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
