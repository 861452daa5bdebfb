package io.fairlead.enterprise.tunnel;

import java.time.Instant;

/**
 * What a stream carried.
 *
 * @param from when both sides were there
 * @param to its end
 * @param fromAgent bytes from the instrument to the viewer
 * @param fromViewer bytes the other way
 */
public record StreamFigures(Instant from, Instant to, long fromAgent, long fromViewer) {}
