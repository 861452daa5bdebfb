package io.fairlead.enterprise.status;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.StandingListener;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What is alarming about a device as a whole stands among its alarms. */
public final class StandingAlarms implements StandingListener {
    private final Clock clock;

    public StandingAlarms(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Future<Void> alarming(SqlConnection connection, DeviceId device, Alarming what, String text) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        OffsetDateTime[] at = {now};
        return connection
                .preparedQuery(StatusStore.RAISE)
                .execute(Tuple.from(new Object[] {
                    new String[] {device.value()},
                    new String[] {what.code()},
                    new String[] {Severity.CRITICAL.key()},
                    new String[] {text.substring(0, Math.min(1_024, text.length()))},
                    at,
                    at,
                    new Long[] {1L},
                    now
                }))
                .mapEmpty();
    }

    @Override
    public Future<Void> settled(SqlConnection connection, DeviceId device, Alarming what) {
        return connection
                .preparedQuery(StatusStore.CLEAR)
                .execute(Tuple.of(new String[] {device.value()}, new String[] {what.code()}, new OffsetDateTime[] {
                    clock.instant().atOffset(ZoneOffset.UTC)
                }))
                .mapEmpty();
    }
}
