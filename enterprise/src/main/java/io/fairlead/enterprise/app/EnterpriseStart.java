package io.fairlead.enterprise.app;

import io.fairlead.enterprise.identity.TlsOptions;
import io.fairlead.enterprise.kernel.AwsLc;
import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.login.Links;
import io.fairlead.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs a node in this process until a signal ends it, and stops it gracefully then. */
final class EnterpriseStart implements ServerStart {
    @Override
    public void run(Path config, Optional<Path> dataFolder, Optional<Integer> port) {
        AwsLc.prefer();
        TlsOptions.beforeAnyTls();
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(told, stopped), "stop"));
        try (Enterprise enterprise = Enterprise.start(settled(config, dataFolder, port))) {
            enterprise.announce();
            enterprise.firstAdministrator().ifPresent(EnterpriseStart::greet);
            told.await();
        } catch (SettingsException | CannotStart e) {
            throw new Unable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Unable("The server cannot start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /** On the terminal, not in the log: whoever has the link has the server. */
    private static void greet(Links.Link link) {
        System.out.println();
        System.out.println("Nobody can log in yet. Whoever opens this link first becomes the administrator, until "
                + link.notAfter().truncatedTo(ChronoUnit.MINUTES) + ":");
        System.out.println("  " + link.url());
        System.out.println("Another one: fairlead first-administrator");
        System.out.println();
    }

    /** The process ends when its hooks have: this one waits until the node is closed. */
    private static void stop(CountDownLatch told, CountDownLatch stopped) {
        told.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static EnterpriseConfig settled(Path file, Optional<Path> dataFolder, Optional<Integer> port) {
        EnterpriseConfig config = EnterpriseConfig.read(file);
        EnterpriseConfig there = dataFolder.map(config::inFolder).orElse(config);
        return port.map(there::onPorts).orElse(there);
    }
}
