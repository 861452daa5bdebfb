package io.fairlead.demo;

import io.fairlead.enterprise.app.Screen;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine;

/** The demo's entry. */
public final class Main {
    private Main() {}

    /** {@code fairlead.terminal}, {@code .columns} and {@code .rows} are set by the launcher, which can see the terminal. */
    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "io/fairlead/enterprise/app/command-log.xml");
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        Terminal terminal = new Terminal(
                out,
                Boolean.getBoolean("fairlead.terminal"),
                Integer.getInteger("fairlead.columns", 120),
                Integer.getInteger("fairlead.rows", 40));
        Screen screen = new Screen(out, err, Clock.system(ZoneId.systemDefault()));
        System.exit(new CommandLine(new DemoCommand(terminal, screen))
                .setUsageHelpAutoWidth(true)
                .execute(args));
    }
}
