package io.fairlead.enterprise.status;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;

/** Alarms that the enterprise itself raises for devices: for what a device cannot say, or does not know. */
public final class OwnAlarms {
    private final Database database;
    private final Clock clock;
    private final OwnAlarmStore store = new OwnAlarmStore();

    /** What is to be said of one device. */
    public record Raised(Severity severity, String text) {}

    public OwnAlarms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * From now on the alarm of this code is open for these devices and for no others. Saying the same again changes
     * nothing but when it was last seen.
     *
     * @param code a name of the contract, beginning with {@code enterprise.}
     * @param devices by id; those that are not registered are passed over
     */
    public Future<Void> open(String code, Map<String, Raised> devices) {
        return database.inTransaction(connection -> {
            Future<Void> all = store.clear(connection, code, devices.keySet(), clock.instant());
            for (Map.Entry<String, Raised> one : devices.entrySet()) {
                all = all.compose(
                        before -> store.raise(connection, one.getKey(), code, one.getValue(), clock.instant()));
            }
            return all;
        });
    }
}
