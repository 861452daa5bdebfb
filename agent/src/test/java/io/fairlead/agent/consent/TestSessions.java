package io.fairlead.agent.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remote sessions that are open until somebody ends them. */
public final class TestSessions implements OpenSessions {
    volatile Optional<String> handsOn = Optional.empty();
    final List<OpenSession> open = new ArrayList<>();

    @Override
    public Optional<String> handsOn() {
        return handsOn;
    }

    public synchronized void set(OpenSession one) {
        open.clear();
        open.add(one);
    }

    @Override
    public synchronized List<OpenSession> sessions() {
        return List.copyOf(open);
    }

    @Override
    public synchronized Taken end(String id, Person who) {
        boolean one = open.removeIf(session -> session.id().startsWith(id));
        return new Taken(one, one ? "Ended." : "There is no such session.");
    }
}
