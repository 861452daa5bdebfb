package io.fairlead.enterprise.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When and how a device was last heard.
 *
 * @param last by the server's clock; null before the first poll or report
 * @param address from which its newest poll came
 * @param agentVersion as its newest poll said
 * @param clockOffsetMillis its clock minus the server's, at the newest report
 * @param journaled the highest instruction its agent has forced to its journal, in this enrolment
 * @param heldSince since when two holders of its identity are known and no person has decided; null for not held
 * @param dropped messages that the full spool of its newest epoch has dropped
 */
public record Contact(
        @Nullable Instant last,
        @Nullable String address,
        @Nullable String agentVersion,
        long clockOffsetMillis,
        long journaled,
        @Nullable Instant heldSince,
        long dropped) {}
