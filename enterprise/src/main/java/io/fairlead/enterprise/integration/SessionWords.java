package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.session.Recording;
import io.fairlead.contract.integration.session.RecordingList;
import io.fairlead.contract.integration.session.Recordings;
import io.fairlead.contract.integration.session.RemoteSession;
import io.fairlead.contract.integration.session.RemoteSessionList;
import io.fairlead.contract.integration.session.SessionCriteria;
import io.fairlead.contract.integration.session.SessionMode;
import io.fairlead.contract.integration.session.SessionPage;
import io.fairlead.contract.integration.session.SessionService;
import io.fairlead.contract.integration.session.SessionServices;
import io.fairlead.contract.integration.session.SessionSort;
import io.fairlead.contract.integration.session.SessionState;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.enterprise.recording.Stored;
import io.fairlead.enterprise.remote.RecordedStream;
import io.fairlead.enterprise.remote.SessionQuery;
import io.fairlead.enterprise.remote.SessionRow;
import io.fairlead.enterprise.remote.SessionSearch;
import io.fairlead.enterprise.remote.SessionWish;
import io.fairlead.statements.StreamCause;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's words for remote sessions, and ours. */
final class SessionWords {
    private static final int MOST_RECORDINGS = 200;
    private static final int LONGEST_TEXT = 1_024;

    private SessionWords() {}

    /** Of the person on whose behalf it is asked: whether he is one, and what he may, the feature judges. */
    static SessionWish wish(io.fairlead.contract.integration.session.SessionWish wish) {
        return new SessionWish(
                Actor.person(wish.getOnBehalfOf(), true),
                new DeviceId(wish.getDevice()),
                wish.getReason(),
                wish.getMinutes(),
                wish.getService().stream()
                        .map(one -> new io.fairlead.statements.SessionService(
                                one.getName(),
                                io.fairlead.statements.SessionService.Mode.of(
                                        one.getMode().value())))
                        .toList());
    }

    static SessionQuery query(SessionCriteria wanted) {
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return new SessionQuery(
                wanted.getDevice() == null ? null : new DeviceId(wanted.getDevice()),
                wanted.getCustomer(),
                wanted.getPerson(),
                wanted.getState().stream()
                        .map(state -> io.fairlead.enterprise.remote.SessionState.valueOf(state.name()))
                        .collect(Collectors.toUnmodifiableSet()),
                Moments.bound(wanted.getRequestedFrom()),
                Moments.bound(wanted.getRequestedTo()),
                wanted.getSortPropertyName() == SessionSort.DEVICE
                        ? SessionQuery.Sort.DEVICE
                        : SessionQuery.Sort.REQUESTED,
                !paging.ascending(),
                paging.number(),
                paging.size());
    }

    static SessionPage page(SessionSearch.Page found, int size) {
        RemoteSessionList list = new RemoteSessionList();
        found.rows().forEach(row -> list.getSession().add(session(row)));
        SessionPage page = new SessionPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setSessions(list);
        return page;
    }

    static RemoteSession session(SessionRow row) {
        io.fairlead.enterprise.remote.RemoteSession one = row.session();
        io.fairlead.enterprise.remote.RemoteSession.Grant grant = one.grant();
        String account = row.askedBy();
        RemoteSession session = new RemoteSession();
        session.setId(one.id());
        session.setDevice(one.device().value());
        session.setCustomer(row.customer());
        session.setSite(row.site());
        session.setRequestedFor(Actor.ofAudited(one.requestedBy()).person());
        session.setRequestedBy(account == null ? one.requestedBy() : account);
        session.setReason(one.reason());
        session.setServices(services(one.services()));
        session.setMinutes(one.minutes());
        session.setState(SessionState.valueOf(one.state().name()));
        session.setRequestedAt(one.requestedAt());
        if (grant != null) {
            session.setGrantedServices(services(grant.services()));
            session.setGrantedAt(grant.at());
            session.setUntil(grant.until());
        }
        session.setEndedAt(one.endedAt());
        session.setCause(cause(one.cause()));
        session.setDetail(one.detail().isEmpty() ? null : XmlText.of(one.detail(), LONGEST_TEXT));
        session.setStreamCount(row.streams());
        session.setPage("/sessions/" + one.id());
        return session;
    }

    private static SessionServices services(List<io.fairlead.statements.SessionService> all) {
        SessionServices services = new SessionServices();
        all.forEach(one -> services.getService().add(service(one)));
        return services;
    }

    private static SessionService service(io.fairlead.statements.SessionService one) {
        SessionService service = new SessionService();
        service.setName(one.name());
        service.setMode(SessionMode.fromValue(one.mode().word()));
        return service;
    }

    private static @Nullable String cause(@Nullable StreamCause cause) {
        return cause == null ? null : cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Recordings recordings(List<RecordedStream> found) {
        RecordingList list = new RecordingList();
        found.stream().limit(MOST_RECORDINGS).forEach(one -> list.getRecording().add(recording(one)));
        Recordings recordings = new Recordings();
        recordings.setRecordings(list);
        return recordings;
    }

    private static Recording recording(RecordedStream one) {
        Stored stored = one.stored();
        Recording recording = new Recording();
        recording.setId(one.id());
        recording.setSession(one.session());
        recording.setDevice(one.device().value());
        recording.setService(service(one.service()));
        recording.setViewer(one.viewer());
        recording.setOpenedAt(one.openedAt());
        recording.setEndedAt(one.endedAt());
        recording.setCause(cause(one.cause()));
        recording.setSha256(one.sha256());
        if (stored != null) {
            recording.setKeepUntil(stored.keepUntil());
            recording.setSize(stored.bytes());
        }
        recording.setPage("/sessions/" + one.session() + "/recordings/" + one.id());
        return recording;
    }
}
