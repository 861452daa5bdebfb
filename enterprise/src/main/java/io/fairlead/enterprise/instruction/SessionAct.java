package io.fairlead.enterprise.instruction;

import io.fairlead.contract.agent.Order;
import io.fairlead.enterprise.people.Action;
import io.fairlead.statements.SessionService;
import io.fairlead.statements.StreamCause;
import java.util.List;
import java.util.stream.Collectors;

/** What a device is to do about a remote session; whether it does it, its customer decides. */
public sealed interface SessionAct extends Act {
    /** How a service and its use are written in orders: {@code view/desktop}. */
    static String word(SessionService service) {
        return service.mode().word() + "/" + service.name();
    }

    /**
     * Asks for a session.
     *
     * @param session 32 hexadecimal digits
     * @param organisation whose engineer asks, for the person at the instrument
     * @param minutes from the yes on
     */
    record OpenSession(String session, String organisation, List<SessionService> services, int minutes)
            implements SessionAct {
        public OpenSession {
            services = List.copyOf(services);
        }

        @Override
        public String kind() {
            return "session";
        }

        @Override
        public String detail() {
            return services.stream().map(SessionAct::word).collect(Collectors.joining(" "));
        }

        @Override
        public Action right() {
            return Action.REQUEST_SESSION;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.OpenSession open = new io.fairlead.contract.agent.OpenSession();
            open.setSession(session);
            open.setOrganisation(organisation);
            services.forEach(service -> open.getServices().add(word(service)));
            open.setMinutes(minutes);
            order.setOpenSession(open);
        }
    }

    /**
     * Connects one service to a relay. The bytes that are signed and stored have the ticket in them: it is good for a minute,
     * once, and for the certificate alone that it is bound to. Nothing else that is kept, shown or logged has it.
     *
     * @param relays HOST:PORT, one to eight
     * @param ticket the agent's, as a header has it
     */
    record OpenStream(String session, String stream, SessionService service, List<String> relays, String ticket)
            implements SessionAct {
        public OpenStream {
            relays = List.copyOf(relays);
        }

        @Override
        public String kind() {
            return "stream";
        }

        @Override
        public String detail() {
            return word(service) + " " + stream;
        }

        @Override
        public Action right() {
            return Action.REQUEST_SESSION;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.OpenStream open = new io.fairlead.contract.agent.OpenStream();
            open.setSession(session);
            open.setStream(stream);
            open.setService(word(service));
            relays.forEach(relay -> open.getRelay().add(relay));
            open.setTicket(ticket);
            order.setOpenStream(open);
        }

        /** Without the ticket. */
        @Override
        public String toString() {
            return "OpenStream[" + detail() + "]";
        }
    }

    /** Ends a session, or takes the request back. */
    record EndSession(String session, StreamCause cause) implements SessionAct {
        @Override
        public String kind() {
            return "end-session";
        }

        @Override
        public String detail() {
            return session + " " + cause.words();
        }

        @Override
        public Action right() {
            return Action.STOP;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.EndSession end = new io.fairlead.contract.agent.EndSession();
            end.setSession(session);
            end.setCause(cause.code());
            order.setEndSession(end);
        }
    }
}
