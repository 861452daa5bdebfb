/**
 * The allowlist for whoever fetches it without a log-in: under {@code /firewall}, in every format, with tags, changes, a
 * feed and a signature; and each customer's own, by a link that nobody can guess or by log-in.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.publication;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
