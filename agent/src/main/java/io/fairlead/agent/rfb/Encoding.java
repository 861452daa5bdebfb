package io.fairlead.agent.rfb;

import org.jspecify.annotations.Nullable;

/** The encodings that pass: those that the filter can measure without opening what is compressed. */
enum Encoding {
    RAW(0),
    COPY_RECT(1),
    TIGHT(7),
    ZRLE(16),
    DESKTOP_SIZE(-223),
    LAST_RECT(-224),
    CURSOR(-239);

    private final int number;

    Encoding(int number) {
        this.number = number;
    }

    static @Nullable Encoding of(int number) {
        for (Encoding each : values()) {
            if (each.number == number) {
                return each;
            }
        }
        return null;
    }

    /** What a viewer only wishes: quality of JPEG (-32 to -23), effort of compression (-256 to -247). */
    static boolean isWish(int number) {
        return (number >= -32 && number <= -23) || (number >= -256 && number <= -247);
    }
}
