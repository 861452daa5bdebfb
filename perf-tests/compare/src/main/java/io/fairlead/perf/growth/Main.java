package io.fairlead.perf.growth;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import picocli.CommandLine;

/** {@code ./fairlead perf growth}. */
public final class Main {
    private Main() {}

    /** {@code fairlead.home}, set by the launcher, is the checkout whose server is measured. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "io/fairlead/enterprise/app/command-log.xml");
        System.exit(command()
                .setOut(new PrintWriter(System.out, true, Charset.defaultCharset()))
                .execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new GrowthCommand(Clock.systemUTC())).setUsageHelpAutoWidth(true);
    }
}
