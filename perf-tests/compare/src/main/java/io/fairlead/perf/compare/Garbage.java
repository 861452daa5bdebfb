package io.fairlead.perf.compare;

import java.io.IOException;
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
            Process command = new ProcessBuilder(Bench.java().replaceAll("java$", "jcmd"), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (command.waitFor() != 0) {
                throw new CannotMeasure("jcmd, which a JDK has, does not reach the server");
            }
        }
    }
}
