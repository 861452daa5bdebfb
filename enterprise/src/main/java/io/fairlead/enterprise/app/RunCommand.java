package io.fairlead.enterprise.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to stop. */
@Command(
        name = "run",
        description = "Runs the enterprise server until it is told to stop (Ctrl-C, SIGTERM).",
        footer = {
            "",
            "Examples:",
            "  fairlead enterprise run --config /etc/fairlead/enterprise.conf",
            "  fairlead enterprise run --config test.conf --data /srv/fairlead --port 9443"
        })
final class RunCommand implements Callable<Integer> {
    private final ServerStart server;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path config = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", description = "The data folder, instead of the file's.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The port of the people listener, instead of the file's; agents get the next one.")
    private @Nullable Integer port;

    RunCommand(ServerStart server) {
        this.server = server;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(config)) {
            throw new Unable("Cannot read the configuration file " + config + ".");
        }
        if (port != null && (port < 1 || port > 65_534)) {
            throw new ParameterException(spec.commandLine(), "--port takes 1 to 65534");
        }
        server.run(config, Optional.ofNullable(data), Optional.ofNullable(port));
        return CommandLine.ExitCode.OK;
    }
}
