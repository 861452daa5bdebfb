package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a log-in at a server elsewhere. */
@Command(
        name = "logout",
        description = "Ends your log-in at a server elsewhere, there and here.",
        footer = {"", "Example:", "  fairlead logout https://console.example.org"})
final class LogoutCommand implements Callable<Integer> {
    private final Screen screen;

    @Parameters(paramLabel = "URL", description = "The server.")
    private String url = "";

    LogoutCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        RemoteLogin login = RemoteLogin.read(url);
        try {
            login.forget();
            JsonObject unused = login.server().post("/logout", login.token(), new JsonObject());
            screen.print("Logged out at " + login.url() + ".");
            return 0;
        } catch (IOException unanswered) {
            throw new Unable(
                    "The log-in is forgotten here, but the server was not told: " + RemoteServer.said(url, unanswered),
                    unanswered);
        }
    }
}
