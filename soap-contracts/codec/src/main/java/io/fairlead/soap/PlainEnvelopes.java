package io.fairlead.soap;

import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The four messages that are nearly all the traffic, in the form in which {@link SoapCodec} has JAXB write them, and in
 * no other: no header, no prefix in the body, no space, comment or entity, the elements and attributes in their order.
 * <pre>
 *   bytes ─▶ plain? ──yes──▶ object        object ─▶ plain? ──yes──▶ bytes
 *              └──no──▶ StAX and JAXB                  └──no──▶ JAXB
 * </pre>
 * Nothing is refused here. What is not plain goes the long way from its first byte, which alone decides whether it is
 * right; what is plain would come out of the long way as the same object, or the same bytes. An element that the
 * contract gains is not plain until it is written down here. An agent at rest never goes the long way, and has not
 * loaded it.
 */
final class PlainEnvelopes {
    private static final Map<Class<?>, PlainForm<?>> BODIES = Stream.of(
                    body(Report.class, PlainReport::read, PlainReport::write),
                    body(ReportResponse.class, PlainReportResponse::read, PlainReportResponse::write),
                    body(Poll.class, PlainPoll::read, PlainPoll::write),
                    body(PollResponse.class, PlainPollResponse::read, PlainPollResponse::write))
            .collect(Collectors.toUnmodifiableMap(PlainForm::type, form -> form));

    private PlainEnvelopes() {}

    private static <T> PlainForm<T> body(
            Class<T> type, Function<PlainReader, T> reading, BiConsumer<T, PlainWriter> writing) {
        return new PlainForm<>(type, reading, writing, SoapCodec.OPEN, SoapCodec.CLOSE);
    }

    /** Empty for what is not plain. */
    static <T> Optional<T> read(byte[] utf8, Class<T> type) {
        return Optional.ofNullable(BODIES.get(type))
                .flatMap(form -> form.read(utf8))
                .map(type::cast);
    }

    /** Empty for what is not plain. */
    static Optional<byte[]> write(Object body) {
        return Optional.ofNullable(BODIES.get(body.getClass())).flatMap(form -> form.write(body));
    }
}
