package io.fairlead.agent.app;

import io.fairlead.agent.host.Host;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that running and enrolling share. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder. Default: /var/lib/fairlead-agent where that is there, else"
                    + " ~/.local/share/fairlead-agent.")
    private @Nullable Path data;

    @Option(
            names = "--site",
            paramLabel = "FILE",
            description = "The customer's file. Default: /etc/fairlead/site.conf.")
    private @Nullable Path site;

    @Option(
            names = "--demo-ordinary-user",
            description = "A demonstration by one person under one account: site.conf is believed although the agent's"
                    + " account owns it. Never at an instrument; never taken from root.")
    private boolean demo;

    private final Host host = Host.ofThisSystem();

    Host host() {
        return host;
    }

    Path data() {
        return data == null ? host.data() : data;
    }

    RunSettings settings() {
        return new RunSettings(
                site == null ? host.site() : site, demo, Locations.program(), System.getenv(), Version.current(), host);
    }
}
