package io.fairlead.soap;

import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The four messages that are nearly all the traffic, in the form in which {@link SoapCodec} has JAXB write them, and in
 * no other: no header, no prefix in the body, no space, comment or entity, the elements and attributes in their order.
 * <pre>
 *   bytes ─▶ plain? ──yes──▶ object        object ─▶ plain? ──yes──▶ bytes
 *              └──no──▶ StAX and JAXB                  └──no──▶ JAXB
 * </pre>
 * Nothing is refused here. What is not plain goes the long way from its first byte, which alone decides whether it is
 * right; what is plain would come out of the long way as the same object, or the same bytes. An element that the
 * contract gains is not plain until it is written down here.
 */
final class PlainEnvelopes {
    /** Longer ones are not plain. Up to here nothing that is plain reaches a bound of {@link XmlGuard}. */
    static final int MOST_BYTES = 65_536;

    private static final Map<Class<?>, Function<PlainReader, ?>> BODIES =
            Map.of(Report.class, PlainReport::read, Poll.class, PlainPoll::read);

    private PlainEnvelopes() {}

    /** Empty for what is not plain. */
    static <T> Optional<T> read(byte[] utf8, Class<T> type) {
        Function<PlainReader, ?> body = BODIES.get(type);
        if (body == null || utf8.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            PlainReader in = new PlainReader(utf8);
            in.take(SoapCodec.OPEN);
            T read = type.cast(body.apply(in));
            in.take(SoapCodec.CLOSE);
            in.takeEnd();
            return Optional.of(read);
        } catch (NotPlain other) {
            return Optional.empty();
        }
    }

    /** Empty for what is not plain. */
    static Optional<byte[]> write(Object body) {
        if (body instanceof ReportResponse answer) {
            return written(out -> PlainAnswers.write(answer, out));
        }
        if (body instanceof PollResponse answer) {
            return written(out -> PlainAnswers.write(answer, out));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> written(Consumer<PlainWriter> body) {
        try {
            PlainWriter out = new PlainWriter();
            out.put(SoapCodec.OPEN);
            body.accept(out);
            out.put(SoapCodec.CLOSE);
            return Optional.of(out.bytes());
        } catch (NotPlain other) {
            return Optional.empty();
        }
    }
}
