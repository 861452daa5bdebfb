package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.kernel.Timers;
import java.nio.file.Path;

/** The room of files on a fleet of its own. */
public final class TestFiles extends TestFileRoom {
    public final TestFleet fleet;

    public TestFiles(TestFleet fleet, Path data, Timers timers) {
        super(fleet.vertx, fleet.database, fleet.devices, fleet.rights, fleet.audit, fleet.clock, data, timers);
        this.fleet = fleet;
    }
}
