package io.fairlead.agent.consent;

import java.util.OptionalLong;

/**
 * A file on its way to or from this instrument, as the person there sees it.
 *
 * @param id 32 hexadecimal digits
 * @param way such as "upload"
 * @param file its name, plain text
 * @param state such as "sending" or "waiting: the hours of site.conf"
 * @param done bytes that are where they are to be for good
 * @param size bytes in all; 0 while it is not known
 * @param rate bytes a second of late; 0 while it rests
 * @param secondsLeft at that rate; empty while it rests
 */
public record Underway(
        String id, String way, String file, String state, long done, long size, long rate, OptionalLong secondsLeft) {}
