package io.fairlead.soap;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How one type of the contract is read and written in plain form, and with which tokens around it. */
final class PlainForm<T> {
    /** Longer ones are not plain. Up to here nothing that is plain reaches a bound of {@link XmlGuard}. */
    static final int MOST_BYTES = 65_536;

    private final Class<T> type;
    private final Function<PlainReader, T> reading;
    private final BiConsumer<T, PlainWriter> writing;
    private final byte[] open;
    private final byte[] close;

    /** @param open what stands before the element, and close behind it; both stay as they are */
    PlainForm(
            Class<T> type,
            Function<PlainReader, T> reading,
            BiConsumer<T, PlainWriter> writing,
            byte[] open,
            byte[] close) {
        this.type = type;
        this.reading = reading;
        this.writing = writing;
        this.open = open;
        this.close = close;
    }

    Class<T> type() {
        return type;
    }

    /** Empty for what is not plain. */
    Optional<T> read(byte[] utf8) {
        if (utf8.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            PlainReader in = new PlainReader(utf8);
            in.take(open);
            T read = reading.apply(in);
            in.take(close);
            in.takeEnd();
            return Optional.of(read);
        } catch (NotPlain other) {
            return Optional.empty();
        }
    }

    /**
     * Empty for what is not plain.
     *
     * @throws ClassCastException for another type than this form's
     */
    Optional<byte[]> write(Object bean) {
        try {
            PlainWriter out = new PlainWriter();
            out.put(open);
            writing.accept(type.cast(bean), out);
            out.put(close);
            return Optional.of(out.bytes());
        } catch (NotPlain other) {
            return Optional.empty();
        }
    }
}
