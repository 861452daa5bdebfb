package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.alarm.Acknowledge;
import io.fairlead.contract.integration.alarm.AcknowledgeResponse;
import io.fairlead.contract.integration.alarm.Acknowledgement;
import io.fairlead.contract.integration.alarm.AlarmCriteria;
import io.fairlead.contract.integration.alarm.AlarmService;
import io.fairlead.contract.integration.alarm.Close;
import io.fairlead.contract.integration.alarm.CloseResponse;
import io.fairlead.contract.integration.alarm.Closing;
import io.fairlead.contract.integration.alarm.Comment;
import io.fairlead.contract.integration.alarm.CommentResponse;
import io.fairlead.contract.integration.alarm.EventCriteria;
import io.fairlead.contract.integration.alarm.Find;
import io.fairlead.contract.integration.alarm.FindById;
import io.fairlead.contract.integration.alarm.FindByIdResponse;
import io.fairlead.contract.integration.alarm.FindEvents;
import io.fairlead.contract.integration.alarm.FindEventsResponse;
import io.fairlead.contract.integration.alarm.FindResponse;
import io.fairlead.contract.integration.alarm.NewComment;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Remark;
import io.fairlead.enterprise.status.Alarm;
import io.fairlead.enterprise.status.AlarmQuery;
import io.fairlead.enterprise.status.AlarmSearch;
import io.fairlead.enterprise.status.Alarms;
import io.fairlead.enterprise.status.Events;
import io.vertx.core.Future;

/** AlarmService: alarms, what is done about them, and events. */
public final class AlarmOperations implements IntegrationService {
    private final AlarmSearch search;
    private final Alarms alarms;
    private final Events events;

    public AlarmOperations(AlarmSearch search, Alarms alarms, Events events) {
        this.search = search;
        this.alarms = alarms;
        this.events = events;
    }

    @Override
    public Class<AlarmService> contract() {
        return AlarmService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(Acknowledge.class, this::acknowledge);
        operations.answer(Comment.class, this::comment);
        operations.answer(Close.class, this::close);
        operations.answer(FindEvents.class, this::events);
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        AlarmCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        AlarmQuery query = new AlarmQuery(
                AlarmWords.filter(wanted),
                AlarmWords.sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
        return search.page(caller.actor(), query).map(found -> {
            FindResponse response = new FindResponse();
            response.setPage(AlarmWords.page(found, paging.size()));
            return response;
        });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return alarms.get(caller.actor(), request.getId()).map(found -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setRecord(AlarmWords.record(found));
            return response;
        });
    }

    private Future<AcknowledgeResponse> acknowledge(Caller caller, Acknowledge request) {
        return Bulk.run(
                        caller,
                        request.getAlarm(),
                        Acknowledgement::getRef,
                        each -> alarms.acknowledge(
                                        caller.actor(),
                                        each.getId(),
                                        each.getComment() == null ? null : new Remark(each.getComment()))
                                .map(done -> done(done.alarm())))
                .map(result -> {
                    AcknowledgeResponse response = new AcknowledgeResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<CommentResponse> comment(Caller caller, Comment request) {
        return Bulk.run(
                        caller,
                        request.getComment(),
                        NewComment::getRef,
                        each -> alarms.comment(caller.actor(), each.getId(), new Remark(each.getText()))
                                .map(AlarmOperations::done))
                .map(result -> {
                    CommentResponse response = new CommentResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<CloseResponse> close(Caller caller, Close request) {
        return Bulk.run(
                        caller,
                        request.getAlarm(),
                        Closing::getRef,
                        each -> alarms.close(caller.actor(), each.getId(), new Remark(each.getComment()))
                                .map(AlarmOperations::done))
                .map(result -> {
                    CloseResponse response = new CloseResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private static Bulk.Done done(Alarm alarm) {
        return new Bulk.Done(Long.toString(alarm.id()), null);
    }

    private Future<FindEventsResponse> events(Caller caller, FindEvents request) {
        EventCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(null, wanted.getPageSize(), null);
        return events.page(
                        caller.actor(),
                        new DeviceId(wanted.getDevice()),
                        AlarmWords.wanted(wanted),
                        Cursors.place(wanted.getAfter(), Events.Place::new),
                        paging.size())
                .map(found -> {
                    FindEventsResponse response = new FindEventsResponse();
                    response.setPage(AlarmWords.page(wanted.getDevice(), found));
                    return response;
                });
    }
}
