package io.fairlead.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a JVM holds and nobody needs: it is no part of what something costs in memory. */
public final class Garbage {
    /** Options of a JVM that gives free heap back: what is left is what is needed. */
    public static final List<String> LEAN =
            List.of("-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

    private Garbage() {}

    /** Has the JVM collect it, twice: what the first one finds may end with the second only. */
    public static void collect(long pid) throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            tell(pid, "GC.run");
        }
    }

    /** Has a lean JVM keep free heap as others do from now on: one that gives it back must collect far more often. */
    static void keepAsUsual(long pid) throws IOException, InterruptedException {
        tell(pid, "VM.set_flag", "MaxHeapFreeRatio", "70");
        tell(pid, "VM.set_flag", "MinHeapFreeRatio", "40");
    }

    private static void tell(long pid, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(Bench.java().replaceAll("java$", "jcmd"), Long.toString(pid)));
        words.addAll(List.of(command));
        Process told = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (told.waitFor() != 0) {
            throw new CannotMeasure("jcmd, which a JDK has, does not reach the server");
        }
    }
}
