package io.fairlead.enterprise.login;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Moments as the database's driver takes and gives them. */
final class Moment {
    private Moment() {}

    static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant known(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
