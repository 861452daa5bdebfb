package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.LinkException;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every acknowledged message is in the database exactly once. Devices report without a pause while the server, or its
 * PostgreSQL, is killed again and again; each acknowledgement is forced to a ledger outside before it is believed.
 */
class ExactlyOnceTest {
    private static final int DEVICES = 8;
    private static final int KILLS = Boolean.getBoolean("fairlead.long") ? 100 : 6;

    enum Victim {
        SERVER {
            @Override
            void kill(Server server) throws IOException {
                server.kill9();
                server.startAgain();
            }
        },
        POSTGRES {
            @Override
            void kill(Server server) {
                ProcessHandle postgres = server.postgres();
                if (!postgres.destroyForcibly()) {
                    throw new IllegalStateException("PostgreSQL could not be killed");
                }
            }
        };

        abstract void kill(Server server) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void what_was_acknowledged_is_there_once_though_the_victim_is_killed(Victim victim) throws Exception {
        try (Folder folder = Folder.make("exactly-once");
                Server server = Server.start(folder.path())) {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                Path home = folder.path().resolve("device-" + i);
                TestDevice device = TestDevice.enrol(server.enrolment("device-" + i), home.resolve("identity"));
                senders.add(new Sender(device, home.resolve("ledger")));
            }
            ExecutorService threads = Executors.newFixedThreadPool(DEVICES);
            List<Future<?>> running = new ArrayList<>();
            for (Sender sender : senders) {
                running.add(threads.submit(sender));
            }
            Random random = new Random(1);
            for (int kill = 0; kill < KILLS; kill++) {
                awaitProgress(senders);
                Thread.sleep(random.nextInt(300));
                victim.kill(server);
            }
            awaitProgress(senders);
            senders.forEach(Sender::stop);
            for (Future<?> each : running) {
                assertThat(each.get()).isNull();
            }
            threads.shutdown();

            for (Sender sender : senders) {
                Map<Long, Integer> stored = Rows.ofDevice(server, sender.device);
                long acknowledged = sender.ledger();
                assertThat(acknowledged).isPositive();
                for (long sequence = 1; sequence <= acknowledged; sequence++) {
                    assertThat(stored.get(sequence))
                            .as("%s %d", sender.device.id(), sequence)
                            .isEqualTo(1);
                }
                assertThat(stored.values()).as("duplicates").containsOnly(1);
            }
        }
    }

    /** Waits until every device has got an acknowledgement since now. */
    private static void awaitProgress(List<Sender> senders) throws InterruptedException {
        for (Sender sender : senders) {
            long before = sender.acknowledged.get();
            while (sender.acknowledged.get() == before) {
                Thread.sleep(10);
            }
        }
    }

    /** Sends batches for ever; what fails is sent again, as an agent does. */
    private static final class Sender implements Runnable {
        private final TestDevice device;
        private final Path ledger;
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();

        Sender(TestDevice device, Path ledger) {
            this.device = device;
            this.ledger = ledger;
        }

        void stop() {
            stopped.set(true);
        }

        @Override
        public void run() {
            try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "rw")) {
                while (!stopped.get()) {
                    List<StatusMessage> batch = new ArrayList<>();
                    for (long next = acknowledged.get() + 1; batch.size() < 5; next++) {
                        batch.add(TestDevice.message(next));
                    }
                    try {
                        ReportResponse answer = device.send(device.report(batch));
                        assertThat(answer.getRejected()).isEmpty();
                        file.seek(0);
                        file.writeLong(answer.getCommitted());
                        file.getFD().sync();
                        acknowledged.set(answer.getCommitted());
                    } catch (LinkException again) {
                        Thread.sleep(50);
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        long ledger() throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "r")) {
                return file.readLong();
            }
        }
    }
}
