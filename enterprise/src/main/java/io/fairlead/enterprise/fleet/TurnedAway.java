package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Refusal;

/** A poll that is refused, with something that was noted and is to be committed all the same. */
public record TurnedAway(Refusal refusal) implements Judged {
    @Override
    public Rolled rolled() {
        throw refusal;
    }
}
