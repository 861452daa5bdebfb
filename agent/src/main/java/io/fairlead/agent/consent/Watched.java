package io.fairlead.agent.consent;

import java.util.List;

/**
 * What a companion window is to show.
 *
 * @param version of all this; changes with it
 * @param accepts whether this window may accept; it may decline in any case
 * @param note what is not asked about at present, for people; may be empty
 * @param questions the oldest first
 * @param sessions that are asked about or allowed, the oldest first
 */
public record Watched(long version, boolean accepts, String note, List<Asked> questions, List<OpenSession> sessions) {}
