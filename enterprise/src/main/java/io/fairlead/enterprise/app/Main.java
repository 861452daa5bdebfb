package io.fairlead.enterprise.app;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/** The entry of the enterprise server and of the command line that is its client. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Charset terminal = Charset.defaultCharset();
        Screen screen = new Screen(
                new PrintWriter(System.out, true, terminal),
                new PrintWriter(System.err, true, terminal),
                Clock.system(ZoneId.systemDefault()));
        ServerStart server = (config, dataFolder, port) -> {
            throw new Unable("The server is not there yet.");
        };
        System.exit(
                FairleadCommand.commandLine(screen, defaultDataFolder(), server).execute(args));
    }

    private static Path defaultDataFolder() {
        return "root".equals(System.getProperty("user.name"))
                ? Path.of("/var/lib/fairlead")
                : Path.of(System.getProperty("user.home"), ".local/share/fairlead");
    }
}
