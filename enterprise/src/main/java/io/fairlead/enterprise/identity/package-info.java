/**
 * Who is who: the root key and its issuers, the certificates of devices, servers and signers, the codes by which a device
 * enrols, and the judgement on every presented certificate. People and their rights will live here too.
 */
@NullMarked
@CheckReturnValue
package io.fairlead.enterprise.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
