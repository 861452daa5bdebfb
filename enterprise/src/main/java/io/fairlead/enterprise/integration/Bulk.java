package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.ExecutionResult;
import io.fairlead.contract.integration.common.Failure;
import io.fairlead.contract.integration.common.Failures;
import io.fairlead.contract.integration.common.Success;
import io.fairlead.contract.integration.common.Successes;
import io.fairlead.enterprise.kernel.FailureMeaning;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The entries of a bulk operation, one after the other: one that fails leaves its neighbours alone. */
final class Bulk<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);
    /** Failures of which the log says more than that they were. */
    private static final int MOST_LOGGED = 5;

    private final Caller caller;
    private final List<T> entries;
    private final Function<T, @Nullable String> ref;
    private final Function<T, Future<Done>> deed;
    private final ExecutionResult result = new ExecutionResult();
    private final StringJoiner logged = new StringJoiner("; ");
    private @Nullable Throwable worst;

    /**
     * What was made or changed.
     *
     * @param version that it has now; null for what has none
     * @param waiting whether it has no effect before a second person approves
     */
    record Done(String id, @Nullable Long version, boolean waiting) {
        Done(String id, @Nullable Long version) {
            this(id, version, false);
        }
    }

    private Bulk(Caller caller, List<T> entries, Function<T, @Nullable String> ref, Function<T, Future<Done>> deed) {
        this.caller = caller;
        this.entries = entries;
        this.ref = ref;
        this.deed = deed;
        result.setTotalCount(entries.size());
        result.setSucceeded(new Successes());
        result.setFailures(new Failures());
    }

    /**
     * Never fails.
     *
     * @param ref of an entry; null where it has none, and its position stands for it
     */
    static <T> Future<ExecutionResult> run(
            Caller caller, List<T> entries, Function<T, @Nullable String> ref, Function<T, Future<Done>> deed) {
        Promise<ExecutionResult> whole = Promise.promise();
        new Bulk<>(caller, entries, ref, deed).from(0, whole);
        return whole.future();
    }

    /** A loop over those that are done at once, so that a thousand of them need no deeper stack than one. */
    private void from(int position, Promise<ExecutionResult> whole) {
        for (int i = position; i < entries.size(); i++) {
            Future<Void> one = one(i);
            if (!one.isComplete()) {
                int next = i + 1;
                one.onComplete(done -> from(next, whole));
                return;
            }
        }
        result.setSuccessful(result.getFailures().getFailure().isEmpty());
        log();
        whole.complete(result);
    }

    /** Never fails. */
    private Future<Void> one(int position) {
        T entry = entries.get(position);
        @Nullable String said = ref.apply(entry);
        String named = said == null ? Integer.toString(position + 1) : said;
        return Future.succeededFuture().compose(now -> deed.apply(entry)).transform(done -> {
            if (done.succeeded()) {
                succeeded(named, done.result());
                return Future.succeededFuture();
            }
            failed(position, named, done.cause());
            return caller.refused(done.cause());
        });
    }

    private void succeeded(String named, Done done) {
        Success success = new Success();
        success.setRef(named);
        success.setId(done.id());
        success.setVersion(done.version());
        success.setWaiting(done.waiting() ? true : null);
        result.getSucceeded().getSuccess().add(success);
    }

    private void failed(int position, String named, Throwable why) {
        Fault fault = FailureMeaning.fault(why);
        Failure failure = new Failure();
        failure.setRef(named);
        failure.setCode(fault.key());
        failure.setMessage(FailureWords.text(fault));
        failure.setDetails(FailureWords.said(why));
        failure.setCorrelation(caller.correlation());
        result.getFailures().getFailure().add(failure);
        // The ref is the caller's word: the log has the position.
        if (result.getFailures().getFailure().size() <= MOST_LOGGED) {
            logged.add((position + 1) + " " + fault.key() + " " + FailureMeaning.name(why)
                    + (why instanceof Refusal || !FailureMeaning.isSilent(why)
                            ? ": " + FailureMeaning.detail(why)
                            : ""));
        }
        if (fault.blame() == Fault.Blame.SERVER && worst == null) {
            worst = why;
        }
    }

    /** One line a call, whatever became of its entries. */
    private void log() {
        int failed = result.getFailures().getFailure().size();
        if (failed == 0) {
            return;
        }
        @Nullable Throwable why = worst;
        LOG.atLevel(why == null ? Level.INFO : Level.WARN)
                .setCause(why == null || FailureMeaning.isSilent(why) ? null : why)
                .log(
                        "bulk call={} correlation={} by={} entries={} failed={} first=\"{}\"",
                        caller.call(),
                        caller.correlation(),
                        caller.actor(),
                        entries.size(),
                        failed,
                        logged);
    }
}
