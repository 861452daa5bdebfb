package io.fairlead.enterprise.audit;

import java.util.Optional;

/**
 * An entry as it leaves.
 *
 * @param hash of the chain after it, 64 hexadecimal digits; empty while it is not sealed
 */
public record ExportRow(AuditRow row, Optional<String> hash) {}
