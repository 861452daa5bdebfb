package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import java.util.List;

/**
 * What is settled of a report's epoch.
 *
 * @param committed all messages of the epoch up to this number are committed, or rejected by this or an earlier answer
 * @param rejected messages of this report that are in quarantine, in order of sequence
 */
public record ReportAnswer(String epoch, long committed, List<Rejection> rejected) {
    /** A message that will never be taken, and why. */
    public record Rejection(long sequence, Fault fault) {}
}
