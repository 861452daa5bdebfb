package io.fairlead.enterprise.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Set;

/** Knows who can log in: an administrator who cannot, is nobody's second person. */
@FunctionalInterface
public interface LogIns {
    /** Those of the names. */
    Future<Set<String>> able(SqlClient client, Set<String> names);

    LogIns EVERYBODY = (client, names) -> Future.succeededFuture(names);
}
