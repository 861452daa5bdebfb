package io.fairlead.agent.status;

/**
 * Text that a regular expression may look at only so many times. A pattern such as {@code (a+)+$} would else hold the
 * thread for years; counting looks instead of time gives the same answer on every machine.
 */
final class GuardedText implements CharSequence {
    /** About ten milliseconds. */
    static final int MAX_LOOKS = 2_000_000;

    /** A hundredth of that: more than a line needs of a pattern without nested repetitions. */
    static final int FEW_LOOKS = 20_000;

    private final String text;
    private final int most;
    private int looks;

    /** The pattern needed more looks than it may have. */
    static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks(int most) {
            super("more than " + most + " looks at one line", null, false, false);
        }
    }

    /** @param most looks that the text allows */
    GuardedText(String text, int most) {
        this.text = text;
        this.most = most;
    }

    @Override
    public char charAt(int index) {
        if (++looks > most) {
            throw new TooManyLooks(most);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
