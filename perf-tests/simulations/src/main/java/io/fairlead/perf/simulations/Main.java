package io.fairlead.perf.simulations;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/** {@code ./fairlead perf SIMULATION}. */
public final class Main {
    private Main() {}

    /** {@code fairlead.home} is set by the launcher. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "gatling-log.xml");
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        System.exit(new CommandLine(new PerfCommand(out))
                .setUsageHelpAutoWidth(true)
                .execute(args));
    }
}
