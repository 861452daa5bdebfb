package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the message that the database refuses. A group that fails for what is in it is written in two halves, down to
 * the single message, which goes into quarantine; so one bad message harms nobody else. The halves are written one after
 * the other, for a slice that lies across both has an order.
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
            int messages = count(slices);
            if (messages == 0 || !Failures.ofData(failure)) {
                return Future.failedFuture(failure);
            }
            return messages == 1 ? quarantined(slices, failure) : halves(slices, messages / 2);
        });
    }

    private static int count(List<Slice> slices) {
        return slices.stream().mapToInt(slice -> slice.messages().size()).sum();
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
                        Failures.name(failure));
            }
        }
        return writer.write(refused);
    }

    private static Parsed refused(Parsed message) {
        return message instanceof Parsed.Fit fit ? fit.refused(Fault.STORAGE_REFUSED) : message;
    }

    private Future<List<SliceOutcome>> halves(List<Slice> slices, int half) {
        List<Slice> first = new ArrayList<>();
        List<Slice> second = new ArrayList<>();
        int left = half;
        for (Slice slice : slices) {
            int messages = slice.messages().size();
            int here = Math.min(left, messages);
            first.add(slice.part(0, here));
            second.add(slice.part(here, messages));
            left -= here;
        }
        return write(some(first))
                .compose(one -> write(some(second)).map(two -> {
                    List<SliceOutcome> outcomes = new ArrayList<>(slices.size());
                    int inFirst = 0;
                    int inSecond = 0;
                    for (int i = 0; i < slices.size(); i++) {
                        SliceOutcome before = has(first.get(i)) ? one.get(inFirst++) : SliceOutcome.none();
                        SliceOutcome after = has(second.get(i)) ? two.get(inSecond++) : SliceOutcome.none();
                        outcomes.add(before.then(after));
                    }
                    return outcomes;
                }));
    }

    private static List<Slice> some(List<Slice> slices) {
        return slices.stream().filter(Bisection::has).toList();
    }

    private static boolean has(Slice slice) {
        return !slice.messages().isEmpty();
    }
}
