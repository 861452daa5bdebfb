package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.StandingListener;
import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.Map;

/**
 * Alarms that the enterprise itself raises for devices: for what a device cannot say, or does not know. Their codes begin
 * with {@value #PREFIX}, and no device may raise or clear one of these.
 */
public final class OwnAlarms implements StandingListener {
    static final String PREFIX = "fairlead/";

    private static final int LONGEST_TEXT = 1_024;

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
     * @param code a name of the contract, beginning with {@value #PREFIX}
     * @param devices by id; those that are not registered are passed over
     */
    public Future<Void> open(String code, Map<String, Raised> devices) {
        return database.inTransaction(connection -> {
            Future<Void> all = store.clearOthers(connection, code, devices.keySet(), clock.instant());
            for (Map.Entry<String, Raised> one : devices.entrySet()) {
                all = all.compose(
                        before -> store.raise(connection, one.getKey(), code, one.getValue(), clock.instant()));
            }
            return all;
        });
    }

    @Override
    public Future<Void> alarming(SqlConnection connection, DeviceId device, Alarming what, String text) {
        Raised raised = new Raised(Severity.CRITICAL, text.substring(0, Math.min(LONGEST_TEXT, text.length())));
        return store.raise(connection, device.value(), what.code(), raised, clock.instant());
    }

    @Override
    public Future<Void> settled(SqlConnection connection, DeviceId device, Alarming what) {
        return store.clear(connection, device.value(), what.code(), clock.instant());
    }
}
