package io.fairlead.agent.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.agent.host.SmallDisk;
import io.fairlead.agent.kernel.Ids;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool on a real disk of 16 MB that it shares with an instrument. */
class OutboxFloorTest {
    private static final Documents DOCUMENTS = new Documents(XmlReaders.ofJdk());
    private static final long MB = 1 << 20;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private Outbox outbox;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), 16);
        outbox = open();
    }

    private Outbox open() throws IOException {
        Outbox opened = new Outbox(
                disk.root().resolve("outbox"),
                64 * MB,
                Ids.random(),
                DOCUMENTS,
                new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC()));
        opened.keepFree(new DiskFloor(6 * MB, 5, Disks.real()));
        return opened;
    }

    @AfterEach
    void unmount() throws IOException {
        outbox.close();
        disk.close();
    }

    @Test
    void the_spool_leaves_the_floor_free_and_counts_what_it_dropped_for_that() throws Exception {
        for (int i = 1; i <= 30_000; i++) {
            outbox.append(message(i, false));
        }

        assertThat(disk.free()).isGreaterThanOrEqualTo(6 * MB);
        assertThat(outbox.bytes()).isGreaterThan(8 * MB);
        assertThat(outbox.dropped()).isPositive();
        assertThat(waiting() + outbox.dropped()).isEqualTo(30_000);
        assertThat(Files.readString(folder.resolve("audit.log"))).contains("outbox.dropped");
    }

    @Test
    void at_the_floor_what_matters_stays_and_the_oldest_values_go() throws Exception {
        outbox.append(message(1, true));
        for (int i = 2; i <= 4_000; i++) {
            outbox.append(message(i, false));
        }
        long size = outbox.bytes();
        disk.fillTo(5 * MB);

        for (int i = 4_001; i <= 10_000; i++) {
            outbox.append(message(i, false));
        }

        assertThat(outbox.bytes()).isBetween(size - 600_000, size);
        assertThat(waiting() + outbox.dropped()).isEqualTo(10_000);
        assertThat(outbox.oldest(1, 1).get(0).getEvent()).hasSize(1);
        assertThat(outbox.status(Instant.now()).toString()).contains("messages, the oldest values first");
    }

    @Test
    void when_the_instrument_makes_room_the_spool_grows_again() throws Exception {
        disk.fillTo(5 * MB);
        for (int i = 1; i <= 5_000; i++) {
            outbox.append(message(i, false));
        }
        assertThat(outbox.bytes()).isLessThanOrEqualTo(Allowance.RESERVE);
        long dropped = outbox.dropped();
        assertThat(dropped).isPositive();

        disk.clear();
        for (int i = 1; i <= 5_000; i++) {
            outbox.append(message(i, false));
        }

        assertThat(outbox.dropped()).isEqualTo(dropped);
        assertThat(outbox.bytes()).isGreaterThan(Allowance.RESERVE);
    }

    @Test
    void a_disk_that_takes_nothing_loses_nothing_that_was_acknowledged() throws Exception {
        for (int i = 1; i <= 100; i++) {
            outbox.append(message(i, i % 2 == 0));
        }
        disk.fillTo(0);

        assertThatThrownBy(() -> {
                    for (int i = 101; i <= 10_000; i++) {
                        outbox.append(message(i, true));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing was written");
        long acknowledged = outbox.highest();
        outbox.close();
        disk.clear();
        outbox = open();

        assertThat(waiting()).isEqualTo(acknowledged);
        assertThat(outbox.append(message(1, true))).isGreaterThan(acknowledged);
    }

    private long waiting() throws IOException {
        return outbox.oldest(100_000, 1 << 30).size();
    }

    private static StatusMessage message(int number, boolean matters) {
        StatusMessage message = new StatusMessage();
        message.setObservedAt(Instant.parse("2026-11-21T12:00:00Z"));
        DataItem item = new DataItem();
        item.setName("text");
        item.setText(number + " " + "x".repeat(400));
        message.getItem().add(item);
        if (matters) {
            Event event = new Event();
            event.setCode("started");
            event.setText("it");
            message.getEvent().addAll(List.of(event));
        }
        return message;
    }
}
