package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.OpenSession;
import io.fairlead.contract.agent.OpenStream;
import io.fairlead.contract.agent.Order;
import io.fairlead.soap.Documents;
import io.fairlead.statements.SessionRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads signed bytes as an order, strictly: what the contract does not name makes it none. */
final class OrderReader {
    static final String LABEL = "fairlead instruction 1";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:\\-]{0,63}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private static final Set<String> MODES = Set.of("view", "control", "terminal", "use");

    private final Documents documents;
    private final OrderShape shape = new OrderShape();

    OrderReader(Documents documents) {
        this.documents = documents;
    }

    /** The order; empty when the bytes are none. Whose it is, and what its label says, is for the caller to judge. */
    Optional<Order> read(byte[] bytes) {
        try {
            Order order = documents.read(bytes, Order.class);
            return shape.fits(bytes) && valid(order) ? Optional.of(order) : Optional.empty();
        } catch (RuntimeException e) {
            // A Refusal, or whatever else a parser makes of a number that is none: signed or not, it must not stop us.
            return Optional.empty();
        }
    }

    private static boolean valid(Order order) {
        return order.getSequence() >= 1
                && order.getNotAfter() != null
                && order.getDevice() != null
                && order.getEnrolment() != null
                && Kind.of(order).isPresent()
                && (order.getDiagnose() == null || name(order.getDiagnose().getName()))
                && (order.getSet() == null
                        || (name(order.getSet().getKey())
                                && order.getSet().getValue() != null
                                && order.getSet().getValue().length() <= 1024))
                && words(order.getBy(), 128)
                && words(order.getReason(), 300)
                && validFile(order)
                && validSession(order);
    }

    private static boolean validFile(Order order) {
        return (order.getUpload() == null
                        || (id(order.getUpload().getTransfer())
                                && path(order.getUpload().getPath())))
                && (order.getReceive() == null
                        || (id(order.getReceive().getTransfer())
                                && path(order.getReceive().getName())
                                && order.getReceive().getSize() >= 0
                                && order.getReceive().getSha256() != null
                                && SHA_256.matcher(order.getReceive().getSha256())
                                        .matches()))
                && (order.getDiagnosticPackage() == null
                        || id(order.getDiagnosticPackage().getTransfer()))
                && (order.getCancel() == null || id(order.getCancel().getTransfer()));
    }

    private static boolean validSession(Order order) {
        OpenSession session = order.getOpenSession();
        OpenStream stream = order.getOpenStream();
        return (session == null
                        || (id(session.getSession())
                                && session.getOrganisation() != null
                                && words(session.getOrganisation(), SessionRequest.MOST_TEXT)
                                && session.getMinutes() >= 1
                                && session.getMinutes() <= SessionRequest.MOST_MINUTES
                                && few(session.getServices())
                                && session.getServices().stream().allMatch(OrderReader::service)))
                && (stream == null
                        || (id(stream.getSession())
                                && id(stream.getStream())
                                && service(stream.getService())
                                && few(stream.getRelay())
                                && stream.getTicket() != null
                                && stream.getTicket().length() <= 1536))
                && (order.getEndSession() == null || id(order.getEndSession().getSession()));
    }

    private static boolean few(List<String> words) {
        return !words.isEmpty() && words.size() <= SessionRequest.MOST_SERVICES;
    }

    /** A mode, a slash, a name. */
    private static boolean service(@Nullable String text) {
        if (text == null) {
            return false;
        }
        int slash = text.indexOf('/');
        return slash > 0 && MODES.contains(text.substring(0, slash)) && name(text.substring(slash + 1));
    }

    private static boolean words(@Nullable String text, int most) {
        return text == null || text.length() <= most;
    }

    private static boolean id(@Nullable String text) {
        return text != null && ID.matcher(text).matches();
    }

    /** What it means, and whether it may be touched, is judged by who knows the customer's folders. */
    private static boolean path(@Nullable String text) {
        return text != null && !text.isEmpty() && text.length() <= 512;
    }

    private static boolean name(@Nullable String text) {
        return text != null && NAME.matcher(text).matches();
    }
}
