package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the message that the database refuses. A group that fails for what is in it is written in two halves, down to
 * the single slice and then the single message, which goes into quarantine; so one bad message harms nobody else. The
 * halves are written one after the other, for the messages of a slice have an order.
 */
final class Bisection implements Writer {
    private static final Logger LOG = LoggerFactory.getLogger(Bisection.class);

    private final Writer writer;

    Bisection(Writer writer) {
        this.writer = writer;
    }

    @Override
    public Future<List<SliceOutcome>> write(List<Slice> slices) {
        return writer.write(slices).recover(failure -> {
            boolean single = slices.size() == 1;
            int messages = single ? slices.get(0).messages().size() : 0;
            if (!GroupFailure.ofData(failure) || (single && messages == 0)) {
                return Future.failedFuture(failure);
            }
            return messages == 1 ? quarantined(slices, failure) : halves(slices);
        });
    }

    /** A message that cannot be stored even so fails for good; its device will send it again. */
    private Future<List<SliceOutcome>> quarantined(List<Slice> slices, Throwable failure) {
        List<Slice> refused = new ArrayList<>(slices.size());
        for (Slice slice : slices) {
            refused.add(
                    slice.with(slice.messages().stream().map(Bisection::refused).toList()));
            for (Parsed message : slice.messages()) {
                LOG.warn(
                        "message refused by the database device={} epoch={} sequence={} cause={}",
                        slice.device(),
                        slice.epoch(),
                        message.sequence(),
                        GroupFailure.name(failure));
            }
        }
        return writer.write(refused);
    }

    private static Parsed refused(Parsed message) {
        return message instanceof Parsed.Fit fit ? fit.refused(Fault.STORAGE_REFUSED) : message;
    }

    /** Between devices as long as there are several, so that a bad one costs the others few transactions. */
    private Future<List<SliceOutcome>> halves(List<Slice> slices) {
        if (slices.size() > 1) {
            int half = slices.size() / 2;
            return both(slices.subList(0, half), slices.subList(half, slices.size()), (one, two) -> {
                List<SliceOutcome> outcomes = new ArrayList<>(one);
                outcomes.addAll(two);
                return outcomes;
            });
        }
        Slice slice = slices.get(0);
        int messages = slice.messages().size();
        return both(
                List.of(slice.part(0, messages / 2)),
                List.of(slice.part(messages / 2, messages)),
                (one, two) -> List.of(one.get(0).then(two.get(0))));
    }

    private Future<List<SliceOutcome>> both(
            List<Slice> first, List<Slice> second, BinaryOperator<List<SliceOutcome>> joined) {
        return write(first).compose(one -> write(second).map(two -> joined.apply(one, two)));
    }
}
