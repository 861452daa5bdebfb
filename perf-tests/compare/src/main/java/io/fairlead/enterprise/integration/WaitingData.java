package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.data.AggregateCriteria;
import io.fairlead.contract.integration.data.Aggregates;
import io.fairlead.contract.integration.data.ChangeCriteria;
import io.fairlead.contract.integration.data.Changes;
import io.fairlead.contract.integration.data.DataPort;
import io.fairlead.contract.integration.data.FindValues;
import io.fairlead.contract.integration.data.FindValuesResponse;
import io.fairlead.contract.integration.data.HistoryCriteria;
import io.fairlead.contract.integration.data.HistoryPage;
import io.fairlead.contract.integration.data.ValueCriteria;
import io.fairlead.contract.integration.data.ValuePage;
import io.fairlead.enterprise.people.Actor;
import java.util.function.Supplier;

/** DataService as CXF's users write one: the same answers of {@link DataOperations}, on a thread that waits for them. */
public final class WaitingData implements DataPort {
    private final Operations operations = new Operations();
    private final RefusedDeeds refusals;
    private final Supplier<Actor> caller;

    /** @param caller who makes the call that is under way on this thread */
    public WaitingData(DataOperations data, RefusedDeeds refusals, Supplier<Actor> caller) {
        this.refusals = refusals;
        this.caller = caller;
        data.answer(operations);
    }

    @Override
    public ValuePage findValues(ValueCriteria criteria) {
        FindValues request = new FindValues();
        request.setCriteria(criteria);
        Caller who = new Caller(
                caller.get(), "127.0.0.1", "%032x".formatted(1), "DataService.FindValues", refusals, false, null);
        Object answer = operations
                .call(who, request)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return ((FindValuesResponse) answer).getPage();
    }

    @Override
    public HistoryPage findHistory(HistoryCriteria criteria) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Aggregates aggregate(AggregateCriteria criteria) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Changes findChanges(ChangeCriteria criteria) {
        throw new UnsupportedOperationException();
    }
}
