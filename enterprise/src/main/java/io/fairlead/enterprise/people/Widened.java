package io.fairlead.enterprise.people;

import org.jspecify.annotations.Nullable;

/**
 * What became of a wish to widen somebody's rights.
 *
 * @param proposal that waits for a second person; null when it is in effect
 */
public record Widened(@Nullable Proposal proposal) {
    static final Widened IN_EFFECT = new Widened(null);

    public boolean isInEffect() {
        return proposal == null;
    }
}
