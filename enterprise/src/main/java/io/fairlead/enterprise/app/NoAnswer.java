package io.fairlead.enterprise.app;

import java.io.IOException;
import java.nio.file.Path;

/** No server answers where one was expected. Its message is for people. */
final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(Path socket, IOException cause) {
        super(say(socket, String.valueOf(cause.getMessage())), cause);
    }

    private static String say(Path socket, String cause) {
        return switch (cause) {
            case "No such file or directory", "Connection refused" ->
                "No server answers at " + socket
                        + "; start one with ./fairlead demo, or name its data folder with --data DIR.";
            case "Permission denied" ->
                "You may not open " + socket + "; only root and the user that runs the server may command it.";
            default -> "No server answers at " + socket + ": " + cause;
        };
    }
}
