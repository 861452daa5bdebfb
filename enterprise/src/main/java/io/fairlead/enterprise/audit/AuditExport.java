package io.fairlead.enterprise.audit;

import io.fairlead.enterprise.kernel.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.List;
import java.util.function.Function;

/**
 * Hands the audit out, the oldest entry first, however long it is: a page at a time, so that neither the database nor this
 * server holds more than one.
 */
public final class AuditExport {
    /** Entries in a page, at most. */
    public static final int PAGE = 500;

    private final Database database;
    private final AuditStore store = new AuditStore();

    public AuditExport(Database database) {
        this.database = database;
    }

    /**
     * The entries that fit, in order of id, with ids above the given one.
     *
     * @param limit 1 to {@value #PAGE}, whatever is asked; a page that is shorter is the last
     */
    public Future<List<ExportRow>> page(AuditFilter filter, long after, int limit) {
        return store.page(database.pool(), filter, after, Math.max(1, Math.min(PAGE, limit)));
    }

    /**
     * Writes all entries that fit, no faster than they are taken.
     *
     * @param out stays open
     * @return how many
     */
    public Future<Long> write(AuditFilter filter, AuditFormat format, WriteStream<Buffer> out) {
        return write(filter, format, out::write);
    }

    /**
     * The same.
     *
     * @param sink takes a piece; the next comes when its future succeeds, and none when it fails
     * @return how many
     */
    public Future<Long> write(AuditFilter filter, AuditFormat format, Function<Buffer, Future<Void>> sink) {
        Future<Void> begun = format.head()
                .map(head -> sink.apply(Buffer.buffer(head + format.lineEnd())))
                .orElseGet(Future::succeededFuture);
        return begun.compose(written -> pages(filter, format, sink, 0, 0));
    }

    private Future<Long> pages(
            AuditFilter filter, AuditFormat format, Function<Buffer, Future<Void>> sink, long after, long sum) {
        return page(filter, after, PAGE).compose(rows -> {
            if (rows.isEmpty()) {
                return Future.succeededFuture(sum);
            }
            Buffer lines = Buffer.buffer(rows.size() * 300);
            rows.forEach(row -> lines.appendString(format.line(row)).appendString(format.lineEnd()));
            long last = rows.get(rows.size() - 1).row().id();
            return sink.apply(lines)
                    .compose(taken -> rows.size() < PAGE
                            ? Future.succeededFuture(sum + rows.size())
                            : pages(filter, format, sink, last, sum + rows.size()));
        });
    }
}
