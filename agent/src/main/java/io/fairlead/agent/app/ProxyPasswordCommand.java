package io.fairlead.agent.app;

import io.fairlead.agent.kernel.CannotStart;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.site.SiteProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agent proxy-password}. */
@Command(
        name = "proxy-password",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Keeps the password for a proxy that site.conf names, in the file that it names and in the system's"
                        + " protection. Reads it from standard input.",
        footer = {
            "",
            "Run as the account that runs the agent: only that one can read the file. A running agent takes it at once.",
            "",
            "Example:",
            "  agent proxy-password proxy.hospital.example:3128 < password.txt"
        })
final class ProxyPasswordCommand implements Callable<Integer> {
    private static final int LONGEST = 1024;

    @Parameters(paramLabel = "HOST:PORT", description = "The proxy, as proxy.credentials in site.conf names it.")
    private @Nullable String proxy;

    @Mixin
    private DataOptions options = new DataOptions();

    @Override
    public Integer call() throws IOException {
        if (options.host().root()) {
            throw new CannotStart(
                    "root's files are closed to the agent: start this by bin/fairlead-agent, which drops to"
                            + " the agent's user, or as that user");
        }
        SiteProxy.Named named = named(
                Site.read(options.settings(), options.data()).config().proxy().credentials());
        byte[] password = standardInput();
        try {
            options.host().secret(named.passwordFile()).keep(password);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
        System.out.println("Kept in " + named.passwordFile() + " for " + named.user() + " at " + named.proxy() + ".");
        return 0;
    }

    private SiteProxy.Named named(List<SiteProxy.Named> all) {
        ServerAddress wanted;
        try {
            wanted = ServerAddress.parse(Objects.requireNonNull(proxy));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
        return all.stream()
                .filter(each -> each.proxy().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new CannotStart("proxy.credentials in site.conf does not name " + wanted
                        + "; it names: "
                        + all.stream().map(SiteProxy.Named::proxy).toList()));
    }

    /** The first line, as bytes. */
    private static byte[] standardInput() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = System.in.read(); c >= 0 && c != '\n' && c != '\r'; c = System.in.read()) {
            line.write(c);
        }
        if (line.size() == 0 || line.size() > LONGEST) {
            throw new CannotStart(
                    "standard input has no password on its first line, or more than " + LONGEST + " bytes");
        }
        return line.toByteArray();
    }
}
