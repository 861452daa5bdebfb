package io.fairlead.agent.app;

import io.fairlead.agent.consent.DoorClient;
import io.fairlead.agent.host.Host;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands of a person at the instrument share. */
final class ApproverOptions {
    /** The agent said no: this account may not, or the answer does nothing. */
    static final int REFUSED = 3;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of the agent. Default: /var/lib/fairlead-agent where that is there, else"
                    + " ~/.local/share/fairlead-agent.")
    private @Nullable Path data;

    DoorClient door() {
        Path folder = data == null ? Host.ofThisSystem().data() : data;
        return new DoorClient(folder.toAbsolutePath().resolve("approve"));
    }
}
