package io.fairlead.agent.consent;

import java.util.Locale;
import java.util.function.IntUnaryOperator;

/** Ids for people to read out and type: four of the characters that are not taken for others. */
final class ShortIds {
    /** Without 0 O Q D, 1 I L J, 2 Z, 5 S, 8 B, U V. */
    private static final String CHARACTERS = "ACEFGHKMNPRTWXY34679";

    private static final int LENGTH = 4;

    private final IntUnaryOperator random;

    /** @param random a number from 0 to the given one, which is not included */
    ShortIds(IntUnaryOperator random) {
        this.random = random;
    }

    String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(CHARACTERS.charAt(random.applyAsInt(CHARACTERS.length())));
        }
        return id.toString();
    }

    /** As it was given out, however it was typed. */
    static String typed(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    static boolean isOne(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> CHARACTERS.indexOf(c) >= 0);
    }
}
