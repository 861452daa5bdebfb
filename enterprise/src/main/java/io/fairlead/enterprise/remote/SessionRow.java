package io.fairlead.enterprise.remote;

import org.jspecify.annotations.Nullable;

/**
 * A session with what a reader of a list wants beside it.
 *
 * @param name of whoever asked, as people call him; null when no person on record did
 * @param organisation his; null as above
 * @param streams how many were opened: as many recordings there were
 * @param askedBy the account that asked for it on his behalf, as the audit names it; null when he did himself
 */
public record SessionRow(
        RemoteSession session,
        String customer,
        String site,
        String model,
        @Nullable String name,
        @Nullable String organisation,
        int streams,
        @Nullable String askedBy) {
    /** A page of them; the newest come first. */
    public record Page(java.util.List<SessionRow> rows, boolean more) {
        public Page {
            rows = java.util.List.copyOf(rows);
        }
    }
}
