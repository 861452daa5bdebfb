package io.fairlead.soap;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made by the first who asks for it, once. Thread-safe. */
final class Late<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    Late(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T there = made;
        return there == null ? make() : there;
    }

    private synchronized T make() {
        T there = made;
        if (there == null) {
            there = maker.get();
            made = there;
        }
        return there;
    }
}
