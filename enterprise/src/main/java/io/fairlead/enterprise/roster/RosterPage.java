package io.fairlead.enterprise.roster;

import java.util.List;

/**
 * A page of the list.
 *
 * @param page which it is, from 1
 * @param pages how many there are, at least 1
 */
public record RosterPage(List<RosterRow> rows, RosterCounts counts, int page, int pages) {}
