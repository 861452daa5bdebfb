/**
 * The pages of the console: what people see of the features below, and the forms by which they act. A page turns a visit into
 * calls of features and their outcome into a view; rules and rights live in the features. Views are public records, since
 * templates are classes of another package.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.console;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
