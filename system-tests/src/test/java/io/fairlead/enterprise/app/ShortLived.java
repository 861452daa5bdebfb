package io.fairlead.enterprise.app;

import io.fairlead.enterprise.identity.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;

/** The server as it is shipped, but for the life of devices' certificates, which no operator may make so short. */
public final class ShortLived {
    private ShortLived() {}

    /** Configuration, data folder, first port, seconds of life. Runs until it is ended. */
    public static void main(String[] args) throws Exception {
        TlsOptions.beforeAnyTls();
        EnterpriseConfig config = EnterpriseConfig.read(Path.of(args[0]))
                .inFolder(Path.of(args[1]))
                .onPorts(Integer.parseInt(args[2]))
                .withDeviceLife(Duration.ofSeconds(Long.parseLong(args[3])));
        Enterprise enterprise = Enterprise.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(enterprise::close, "stop"));
        enterprise.announce();
        Thread.currentThread().join();
    }
}
