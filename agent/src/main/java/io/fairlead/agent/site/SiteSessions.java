package io.fairlead.agent.site;

import io.fairlead.agent.host.Host;
import io.fairlead.agent.remote.Service;
import io.fairlead.agent.remote.SessionSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The customer's word on remote sessions: {@code site.conf} as it is now. */
public record SiteSessions(SiteGate gate, Host host) implements SessionSite {
    @Override
    public Optional<String> refusal() {
        return gate.refusal(SiteAction.SESSION);
    }

    @Override
    public boolean asks() {
        return gate.asks(SiteAction.SESSION);
    }

    @Override
    public Duration idle() {
        return gate.idle();
    }

    @Override
    public boolean watchers() {
        return gate.watchers();
    }

    @Override
    public boolean clipboard() {
        return gate.clipboard();
    }

    @Override
    public Optional<Service> service(String name) {
        return gate.service(name);
    }

    @Override
    public byte[] secret(Service service) throws IOException {
        if (service.ending().orElse(null) instanceof Service.Ending.Ssh ssh
                && ssh.keyFile().isPresent()) {
            Path key = ssh.keyFile().get();
            return host.secret(key).read().orElseThrow(() -> new IOException(key + " is missing"));
        }
        if (service.passwordFile().isEmpty()) {
            return new byte[0];
        }
        Path file = service.passwordFile().get();
        return new PasswordFile(file, host.secret(file)).read().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String sha256() {
        return gate.sha256();
    }
}
