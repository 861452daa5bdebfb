/**
 * Who did what to which device. Entries are written in the transaction of the deed itself, so that neither is there
 * without the other; nobody changes or deletes them.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.audit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
