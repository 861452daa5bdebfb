/**
 * What every room stands on: the database, timers, ids, the data folder, what a failure means. It knows nothing of devices
 * or instructions.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
