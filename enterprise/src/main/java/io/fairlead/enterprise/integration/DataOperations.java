package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.data.Aggregate;
import io.fairlead.contract.integration.data.AggregateCriteria;
import io.fairlead.contract.integration.data.AggregateResponse;
import io.fairlead.contract.integration.data.ChangeCriteria;
import io.fairlead.contract.integration.data.DataService;
import io.fairlead.contract.integration.data.FindChanges;
import io.fairlead.contract.integration.data.FindChangesResponse;
import io.fairlead.contract.integration.data.FindHistory;
import io.fairlead.contract.integration.data.FindHistoryResponse;
import io.fairlead.contract.integration.data.FindValues;
import io.fairlead.contract.integration.data.FindValuesResponse;
import io.fairlead.contract.integration.data.HistoryCriteria;
import io.fairlead.contract.integration.data.ValueCriteria;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.status.History;
import io.fairlead.enterprise.status.Span;
import io.fairlead.enterprise.status.ValueQuery;
import io.fairlead.enterprise.status.Values;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;

/** DataService: the values that hold now, and what they were. */
public final class DataOperations implements IntegrationService {
    private static final int USUAL_HISTORY = 500;

    private final Values values;
    private final History history;

    public DataOperations(Values values, History history) {
        this.values = values;
        this.history = history;
    }

    @Override
    public Class<DataService> contract() {
        return DataService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(FindValues.class, this::values);
        operations.answer(FindHistory.class, this::history);
        operations.answer(Aggregate.class, this::aggregate);
        operations.answer(FindChanges.class, this::changes);
    }

    private Future<FindValuesResponse> values(Caller caller, FindValues request) {
        ValueCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        ValueQuery query = new ValueQuery(
                wanted.getDevice().stream().map(DeviceId::new).toList(),
                wanted.getItem(),
                !paging.ascending(),
                paging.number(),
                paging.size());
        return values.page(caller.actor(), query).map(found -> {
            FindValuesResponse response = new FindValuesResponse();
            response.setPage(DataWords.page(found, paging.size()));
            return response;
        });
    }

    private Future<FindHistoryResponse> history(Caller caller, FindHistory request) {
        HistoryCriteria wanted = request.getCriteria();
        return history.page(
                        caller.actor(),
                        new DeviceId(wanted.getDevice()),
                        wanted.getItem(),
                        new Span(wanted.getFrom(), wanted.getTo()),
                        Cursors.place(wanted.getAfter(), History.Place::new),
                        Objects.requireNonNullElse(wanted.getPageSize(), USUAL_HISTORY))
                .map(found -> {
                    FindHistoryResponse response = new FindHistoryResponse();
                    response.setPage(DataWords.page(found));
                    return response;
                });
    }

    private Future<AggregateResponse> aggregate(Caller caller, Aggregate request) {
        AggregateCriteria wanted = request.getCriteria();
        return history.aggregates(
                        caller.actor(),
                        new DeviceId(wanted.getDevice()),
                        wanted.getItem(),
                        new Span(wanted.getFrom(), wanted.getTo()),
                        wanted.getBucketSeconds() == null ? null : Duration.ofSeconds(wanted.getBucketSeconds()))
                .map(found -> {
                    AggregateResponse response = new AggregateResponse();
                    response.setAggregates(DataWords.aggregates(found));
                    return response;
                });
    }

    private Future<FindChangesResponse> changes(Caller caller, FindChanges request) {
        ChangeCriteria wanted = request.getCriteria();
        return history.changes(
                        caller.actor(),
                        new DeviceId(wanted.getDevice()),
                        wanted.getItem(),
                        new Span(wanted.getFrom(), wanted.getTo()))
                .map(found -> {
                    FindChangesResponse response = new FindChangesResponse();
                    response.setChanges(DataWords.changes(found));
                    return response;
                });
    }
}
