package io.fairlead.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    @TempDir
    Path folder;

    private Path file;
    private LocalAudit audit;

    @BeforeEach
    void name_the_files() {
        file = folder.resolve("log");
        audit = new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC());
    }

    @Test
    void records_come_back_in_order() throws IOException {
        List<byte[]> written = randomRecords(new Random(1), 50);
        append(written);
        assertThat(read()).containsExactlyElementsOf(written);
        assertThat(folder.resolve("audit.log")).doesNotExist();
    }

    @Test
    void the_largest_record_fits_and_a_larger_one_is_refused() throws IOException {
        try (RecordLog log = RecordLog.open(file, payload -> {}, audit)) {
            log.append(new byte[RecordLog.MAX_RECORD]);
            assertThatThrownBy(() -> log.append(new byte[RecordLog.MAX_RECORD + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(read()).hasSize(1);
    }

    @Test
    void a_last_record_torn_at_any_byte_is_cut_and_the_others_stay() throws IOException {
        List<byte[]> written = randomRecords(new Random(2), 5);
        append(written);
        byte[] whole = Files.readAllBytes(file);
        int last = RecordLog.HEAD + written.get(4).length;
        for (int left = 0; left < last; left++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - last + left));
            RecordLog.Found found = openAndAppend(new byte[] {7});
            assertThat(found)
                    .as("%d bytes left", left)
                    .isEqualTo(left == 0 ? RecordLog.Found.WHOLE : RecordLog.Found.TORN);
            List<byte[]> expected = new ArrayList<>(written.subList(0, 4));
            expected.add(new byte[] {7});
            assertThat(read()).containsExactlyElementsOf(expected);
        }
        assertThat(asides()).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("audit.log"))).hasSize(last - 1);
    }

    @Test
    void a_last_record_whose_sectors_never_came_to_the_disk_is_cut() throws IOException {
        byte[] first = text(new Random(3), 700);
        byte[] second = text(new Random(4), 3000);
        append(List.of(first, second));
        byte[] whole = Files.readAllBytes(file);
        int start = RecordLog.HEAD + first.length;
        for (int sector = start / 512 * 512; sector < whole.length; sector += 512) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, Math.max(start, sector), Math.min(whole.length, sector + 512), (byte) 0);
            Files.write(file, holed);
            assertThat(openAndAppend(new byte[] {1})).isEqualTo(RecordLog.Found.TORN);
            assertThat(read()).containsExactly(first, new byte[] {1});
        }
    }

    @Test
    void any_flipped_bit_keeps_what_is_before_it_and_puts_the_rest_aside() throws IOException {
        List<byte[]> written = List.of(text(new Random(5), 40), text(new Random(6), 30), text(new Random(7), 50));
        append(written);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            int good = bit / 8 < 48 ? 0 : bit / 8 < 86 ? 1 : 2;
            assertThat(openAndAppend(new byte[] {9})).as("bit %d", bit).isEqualTo(RecordLog.Found.DAMAGED);
            List<byte[]> expected = new ArrayList<>(written.subList(0, good));
            expected.add(new byte[] {9});
            assertThat(read()).containsExactlyElementsOf(expected);
            List<Path> asides = asides();
            assertThat(asides).hasSize(1);
            int from = good == 0 ? 0 : good == 1 ? 48 : 86;
            assertThat(Files.readAllBytes(asides.get(0))).isEqualTo(Arrays.copyOfRange(flipped, from, flipped.length));
            Files.delete(asides.get(0));
        }
        assertThat(Files.readAllLines(folder.resolve("audit.log")))
                .hasSize(whole.length * 8)
                .allMatch(line -> line.contains(" file.damaged file=") && line.contains("log.damaged-1"));
    }

    @Test
    void any_garbage_is_survived() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Files.deleteIfExists(file);
            List<byte[]> written = randomRecords(random, 10);
            append(written);
            byte[] bytes = Files.readAllBytes(file);
            int at = random.nextInt(bytes.length);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
            Files.write(file, bytes);
            assertThat(openAndAppend(new byte[] {3})).isNotNull();
            List<byte[]> back = read();
            assertThat(back.get(back.size() - 1)).isEqualTo(new byte[] {3});
            assertThat(back.subList(0, back.size() - 1)).containsExactlyElementsOf(written.subList(0, back.size() - 1));
        }
    }

    @Test
    void a_rewrite_replaces_all_records() throws IOException {
        append(randomRecords(new Random(8), 10));
        RecordLog.rewrite(file, List.of(new byte[] {1}, new byte[] {2}));
        assertThat(read()).containsExactly(new byte[] {1}, new byte[] {2});
    }

    private void append(List<byte[]> records) throws IOException {
        try (RecordLog log = RecordLog.open(file, payload -> {}, audit)) {
            for (byte[] record : records) {
                log.append(record);
            }
        }
    }

    private RecordLog.Found openAndAppend(byte[] record) throws IOException {
        try (RecordLog log = RecordLog.open(file, payload -> {}, audit)) {
            log.append(record);
            return log.found();
        }
    }

    private List<byte[]> read() throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (RecordLog log = RecordLog.open(file, records::add, audit)) {
            List<byte[]> again = new ArrayList<>();
            log.read(again::add);
            assertThat(again).containsExactlyElementsOf(records);
        }
        return records;
    }

    private List<Path> asides() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(path -> path.toString().contains(".damaged-")).toList();
        }
    }

    private static List<byte[]> randomRecords(Random random, int count) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(text(random, 1 + random.nextInt(400)));
        }
        return records;
    }

    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }
}
