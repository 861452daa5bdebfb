package io.fairlead.agent.consent;

import java.util.ArrayList;
import java.util.List;

/** Files that are on their way until somebody stops them. */
public final class TestCarried implements CarriedFiles {
    final List<Underway> files = new ArrayList<>();
    final List<String> stopped = new ArrayList<>();

    @Override
    public synchronized List<Underway> underway() {
        return List.copyOf(files);
    }

    @Override
    public synchronized Taken stop(String id, Person who) {
        boolean one = files.removeIf(file -> file.id().startsWith(id));
        stopped.add(id + " by " + who.name());
        return new Taken(one, one ? "Stopped." : "There is no such transfer on its way.");
    }
}
