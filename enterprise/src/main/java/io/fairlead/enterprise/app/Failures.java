package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.operator.CommandRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong in a command into one line for people and an exit code. */
final class Failures implements IExecutionExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandRefused refused) {
            screen.complain("Refused: " + TextTable.plain(reason(refused)));
        } else if (failure instanceof NoAnswer || failure instanceof Unable || failure instanceof CannotStart) {
            screen.complain(String.valueOf(failure.getMessage()));
        } else {
            log.error("command failed", failure);
            screen.complain("Failed: " + failure);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What exactly is wrong where the server says it; else its fixed text and where its log has more. */
    private static String reason(CommandRefused refused) {
        return refused.detail().isEmpty()
                ? refused.text() + " [" + refused.key() + ", see " + refused.correlation() + " in the server's log]"
                : refused.text() + " " + refused.detail() + " [" + refused.key() + "]";
    }
}
