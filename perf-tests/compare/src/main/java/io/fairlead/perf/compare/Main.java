package io.fairlead.perf.compare;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import picocli.CommandLine;

/** The entry. */
public final class Main {
    private Main() {}

    /** {@code fairlead.home}, set by the launcher, is the checkout whose programs are measured. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "io/fairlead/enterprise/app/command-log.xml");
        System.exit(command(Rows.known())
                .setOut(new PrintWriter(System.out, true, Charset.defaultCharset()))
                .execute(args));
    }

    static CommandLine command(Rows rows) {
        return new CommandLine(new CompareCommand(rows, Clock.systemUTC())).setUsageHelpAutoWidth(true);
    }
}
