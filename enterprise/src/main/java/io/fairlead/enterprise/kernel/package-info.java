/**
 * What every room stands on: the database, timers, ids, the data folder. It knows nothing of devices or instructions.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
