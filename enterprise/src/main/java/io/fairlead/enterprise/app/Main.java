package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.DataFolder;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZoneId;

/** The entry of the enterprise server and of the command line that is its client. */
public final class Main {
    private static final String LOG_SETTINGS = "logback.configurationFile";

    private Main() {}

    public static void main(String[] args) {
        quieten(args);
        Charset terminal = Charset.defaultCharset();
        Screen screen = new Screen(
                new PrintWriter(System.out, true, terminal),
                new PrintWriter(System.err, true, terminal),
                Clock.system(ZoneId.systemDefault()));
        System.exit(FairleadCommand.commandLine(screen, DataFolder.standard(), new EnterpriseStart())
                .execute(args));
    }

    /** The server logs to standard output; a command leaves that to its answer. Before anything has logged. */
    private static void quieten(String[] args) {
        boolean server = args.length > 1 && args[0].equals("enterprise") && args[1].equals("run");
        if (!server && System.getProperty(LOG_SETTINGS) == null) {
            System.setProperty(LOG_SETTINGS, "io/fairlead/enterprise/app/command-log.xml");
        }
    }
}
