package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.session.End;
import io.fairlead.contract.integration.session.EndResponse;
import io.fairlead.contract.integration.session.Find;
import io.fairlead.contract.integration.session.FindById;
import io.fairlead.contract.integration.session.FindByIdResponse;
import io.fairlead.contract.integration.session.FindRecordings;
import io.fairlead.contract.integration.session.FindRecordingsResponse;
import io.fairlead.contract.integration.session.FindResponse;
import io.fairlead.contract.integration.session.RemoteSessionService;
import io.fairlead.contract.integration.session.Request;
import io.fairlead.contract.integration.session.RequestResponse;
import io.fairlead.enterprise.remote.RemoteSessions;
import io.fairlead.enterprise.remote.SessionLists;
import io.fairlead.enterprise.remote.SessionQuery;
import io.fairlead.enterprise.remote.SessionRecordings;
import io.fairlead.enterprise.remote.SessionSearch;
import io.vertx.core.Future;

/** RemoteSessionService: sessions asked for on behalf of people. No ticket, no stream and no byte of a recording passes here. */
public final class SessionOperations implements IntegrationService {
    private final RemoteSessions sessions;
    private final SessionLists lists;
    private final SessionSearch search;
    private final SessionRecordings recordings;

    public SessionOperations(
            RemoteSessions sessions, SessionLists lists, SessionSearch search, SessionRecordings recordings) {
        this.sessions = sessions;
        this.lists = lists;
        this.search = search;
        this.recordings = recordings;
    }

    @Override
    public Class<RemoteSessionService> contract() {
        return RemoteSessionService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Request.class, this::request);
        operations.answer(FindById.class, this::findById);
        operations.answer(Find.class, this::find);
        operations.answer(End.class, this::end);
        operations.answer(FindRecordings.class, this::recordings);
    }

    private Future<RequestResponse> request(Caller caller, Request request) {
        return sessions.request(caller.actor(), SessionWords.wish(request.getWish()))
                .compose(one -> lists.get(caller.actor(), one.id()))
                .map(row -> {
                    RequestResponse response = new RequestResponse();
                    response.setSession(SessionWords.session(row));
                    return response;
                });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return lists.get(caller.actor(), request.getId()).map(row -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setSession(SessionWords.session(row));
            return response;
        });
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        SessionQuery query = SessionWords.query(request.getCriteria());
        return search.page(caller.actor(), query).map(found -> {
            FindResponse response = new FindResponse();
            response.setPage(SessionWords.page(found, query.size()));
            return response;
        });
    }

    private Future<EndResponse> end(Caller caller, End request) {
        return Bulk.run(
                        caller,
                        request.getId(),
                        id -> null,
                        id -> sessions.end(caller.actor(), id, request.getReason())
                                .map(over -> new Bulk.Done(id, null)))
                .map(result -> {
                    EndResponse response = new EndResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<FindRecordingsResponse> recordings(Caller caller, FindRecordings request) {
        return lists.get(caller.actor(), request.getSession())
                .compose(row -> recordings.references(caller.actor(), row.session()))
                .map(found -> {
                    FindRecordingsResponse response = new FindRecordingsResponse();
                    response.setRecordings(SessionWords.recordings(found));
                    return response;
                });
    }
}
