/**
 * Instructions to devices: numbered, signed and stored in one transaction, delivered by the answers of polls, settled by
 * results. Lanes and stores never sign; what is delivered are the bytes that were signed.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.instruction;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
