package io.fairlead.enterprise.recording;

import io.fairlead.enterprise.recording.Rewriter.Edit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What somebody could wish to change in a recording. */
final class Tampering {
    private static final int MOST_ADDED = 50;

    private final Random random;

    Tampering(Random random) {
        this.random = random;
    }

    /**
     * Changes something that went through, or what was said of it; not its head, its last statement or its end. Answers what,
     * in words.
     */
    String edit(List<Edit> frames) {
        int at = any(frames);
        Edit one = frames.get(at);
        boolean said = one.kind() == FrameKind.TRANSCRIPT;
        switch (said ? 0 : random.nextInt(7)) {
            case 0 -> {
                byte[] flipped = one.bytes().clone();
                flipped[random.nextInt(flipped.length)] ^= said ? 1 : (byte) (1 << random.nextInt(8));
                frames.set(at, one.of(flipped));
                return "a bit of " + one.kind();
            }
            case 1 -> frames.remove(at);
            case 2 -> frames.add(at, one);
            case 3 -> {
                byte[] more = new byte[1 + random.nextInt(MOST_ADDED)];
                random.nextBytes(more);
                frames.add(at, one.of(more));
            }
            case 4 -> frames.set(at, one.of(Arrays.copyOf(one.bytes(), random.nextInt(one.bytes().length))));
            case 5 ->
                frames.set(at, one.as(one.kind() == FrameKind.TO_VIEWER ? FrameKind.TO_AGENT : FrameKind.TO_VIEWER));
            default -> {
                return exchange(frames, at);
            }
        }
        return one.kind() + " removed, doubled, added, cut or turned round";
    }

    private String exchange(List<Edit> frames, int at) {
        Edit one = frames.get(at);
        int other = any(frames);
        while (frames.get(other).kind() != one.kind()
                || Arrays.equals(frames.get(other).bytes(), one.bytes())) {
            other = any(frames);
        }
        Edit two = frames.get(other);
        frames.set(at, one.of(two.bytes()));
        frames.set(other, two.of(one.bytes()));
        return "two frames exchanged";
    }

    private int any(List<Edit> frames) {
        return 1 + random.nextInt(frames.size() - 3);
    }
}
