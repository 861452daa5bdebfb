package io.fairlead.enterprise.remote;

import io.fairlead.enterprise.kernel.Database;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.people.Rights;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;

/** Who watches a stream, in words, for those who know only the stream. */
public final class Viewers {
    private final Database database;
    private final Rights rights;
    private final StreamStore store = new StreamStore();

    public Viewers(Database database, Rights rights) {
        this.database = database;
        this.rights = rights;
    }

    /** Such as {@code Emil Sommer (emil)}; fails with Refusal(NOT_FOUND) when there is no such stream. */
    public Future<String> of(String stream) {
        return store.viewer(database.pool(), stream)
                .map(found -> found.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no stream=" + stream)))
                .compose(viewer -> rights.inWords(database.pool(), Actor.ofAudited(viewer)));
    }
}
