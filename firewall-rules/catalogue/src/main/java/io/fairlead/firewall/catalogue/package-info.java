/**
 * What a product's instruments dial, as its maker writes it down: YAML, judged by a published JSON Schema and by what a
 * schema cannot say, with the line and column of each fault.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.firewall.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
