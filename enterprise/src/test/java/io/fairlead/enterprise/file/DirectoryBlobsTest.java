package io.fairlead.enterprise.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.kernel.CannotStart;
import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.soap.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobsTest {
    private static final String BLOB = "00112233445566778899aabbccddeeff";
    private static final String OTHER = "00ffffffffffffffffffffffffffffff";
    private static final int CHUNK = BlobStore.CHUNK;

    @TempDir
    Path temporary;

    private DataFolder data;
    private Path folder;
    private DirectoryBlobs blobs;

    @BeforeEach
    void open() {
        data = new DataFolder(temporary.resolve("data"));
        folder = data.blobs();
        blobs = store();
    }

    private DirectoryBlobs store() {
        return new DirectoryBlobs(folder, BlobKeys.open(data, false, new SecureRandom()), new SecureRandom(), 1 << 20);
    }

    private Path file(String blob) {
        return folder.resolve(blob.substring(0, 2)).resolve(blob);
    }

    private void write(String blob, byte[] bytes, int chunk) throws IOException {
        int offset = 0;
        do {
            int end = Math.min(bytes.length, offset + chunk);
            long length = blobs.append(blob, offset, Arrays.copyOfRange(bytes, offset, end), end == bytes.length);
            assertThat(length).isEqualTo(end);
            offset = end;
        } while (offset < bytes.length);
    }

    private byte[] all(String blob) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (BlobStore.Reader reader = blobs.open(blob)) {
            for (byte[] bytes = reader.read(0, CHUNK); bytes.length > 0; bytes = reader.read(all.size(), CHUNK)) {
                all.write(bytes);
            }
        }
        return all.toByteArray();
    }

    @Test
    void what_was_written_is_read_from_any_offset_whatever_the_chunks_were() throws IOException {
        byte[] bytes = TestFiles.bytes(1, 3 * CHUNK + 17);
        for (int chunk : new int[] {CHUNK, 50_000, CHUNK - 1}) {
            String blob = String.format("%032x", chunk);
            write(blob, bytes, chunk);
            blobs = store();
            assertThat(all(blob)).isEqualTo(bytes);
            try (BlobStore.Reader reader = blobs.open(blob)) {
                for (int offset : new int[] {2 * CHUNK, 0, 1, CHUNK - 1, CHUNK, 3 * CHUNK + 16, 60_000}) {
                    int end = Math.min(bytes.length, offset + 70_000);
                    assertThat(reader.read(offset, 70_000)).isEqualTo(Arrays.copyOfRange(bytes, offset, end));
                }
                assertThat(reader.read(bytes.length, 10)).isEmpty();
            }
        }
    }

    @Test
    void an_empty_file_is_a_file() throws IOException {
        write(BLOB, new byte[0], CHUNK);
        assertThat(all(BLOB)).isEmpty();
    }

    @Test
    void nothing_of_it_can_be_read_on_the_disk_and_nobody_else_may_look() throws IOException {
        String canary = "patient Mustermann, potassium 7.1";
        byte[] bytes = canary.repeat(10_000).getBytes(StandardCharsets.UTF_8);
        write(BLOB, bytes, CHUNK);

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                assertThat(mode).endsWith("------");
                if (Files.isRegularFile(each)) {
                    String raw = new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1);
                    assertThat(raw).doesNotContain("Mustermann").doesNotContain("potassium");
                    assertThat(mode).startsWith("rw-");
                }
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secretPath(BlobKeys.FILE))))
                .isEqualTo("rw-------");
        assertThat(all(BLOB)).isEqualTo(bytes);
    }

    @Test
    void each_flipped_byte_is_found() throws IOException {
        write(BLOB, TestFiles.bytes(2, 700), 300);
        byte[] whole = Files.readAllBytes(file(BLOB));
        assertThat(whole).hasSize(BlobHeader.LENGTH + 3 * BlobRecord.OVERHEAD + 700);

        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            Files.write(file(BLOB), flipped);
            assertThatThrownBy(() -> all(BLOB)).as("byte %d", i).isInstanceOf(BlobDamaged.class);
        }
    }

    @Test
    void a_blob_that_is_cut_lengthened_swapped_or_rearranged_is_noticed() throws IOException {
        write(BLOB, TestFiles.bytes(3, 900), 300);
        write(OTHER, TestFiles.bytes(4, 900), 300);
        byte[] whole = Files.readAllBytes(file(BLOB));
        int record = BlobRecord.OVERHEAD + 300;

        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(BLOB), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> all(BLOB)).as("length %d", length).isInstanceOf(BlobDamaged.class);
        }
        Files.write(file(BLOB), Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> all(BLOB)).isInstanceOf(BlobDamaged.class);
        byte[] rearranged = whole.clone();
        System.arraycopy(whole, BlobHeader.LENGTH, rearranged, BlobHeader.LENGTH + record, record);
        Files.write(file(BLOB), rearranged);
        assertThatThrownBy(() -> all(BLOB)).isInstanceOf(BlobDamaged.class);
        Files.write(file(BLOB), Files.readAllBytes(file(OTHER)));
        assertThatThrownBy(() -> all(BLOB)).isInstanceOf(BlobDamaged.class);
        Files.delete(file(BLOB));
        assertThatThrownBy(() -> all(BLOB)).isInstanceOf(BlobDamaged.class);
    }

    @Test
    void a_torn_tail_is_cut_off_wherever_it_was_torn() throws IOException {
        byte[] bytes = TestFiles.bytes(5, 900);
        write(BLOB, bytes, 300);
        byte[] whole = Files.readAllBytes(file(BLOB));
        int third = BlobHeader.LENGTH + 2 * (BlobRecord.OVERHEAD + 300);

        for (int length = 0; length <= whole.length; length += 3) {
            Files.write(file(BLOB), Arrays.copyOf(whole, length));
            long offset = Math.max(0, (length - BlobHeader.LENGTH) / (BlobRecord.OVERHEAD + 300)) * 300L;
            while (offset < bytes.length) {
                byte[] next = Arrays.copyOfRange(bytes, (int) offset, (int) offset + 300);
                offset = blobs.append(BLOB, offset, next, offset == 600);
            }
            assertThat(all(BLOB)).as("torn at %d", length).isEqualTo(bytes);
        }
        // A power cut may leave the length and not the bytes.
        byte[] zeros = whole.clone();
        Arrays.fill(zeros, third + 20, zeros.length, (byte) 0);
        Files.write(file(BLOB), zeros);
        assertThat(blobs.append(BLOB, 600, Arrays.copyOfRange(bytes, 600, 900), true))
                .isEqualTo(900);
        assertThat(all(BLOB)).isEqualTo(bytes);
    }

    @Test
    void bytes_go_where_the_blob_ends_and_nowhere_else() throws IOException {
        byte[] bytes = TestFiles.bytes(6, 600);
        byte[] first = Arrays.copyOf(bytes, 300);
        byte[] second = Arrays.copyOfRange(bytes, 300, 600);
        assertThat(blobs.append(BLOB, 300, second, true)).isZero();
        assertThat(file(BLOB)).doesNotExist();
        assertThat(blobs.append(BLOB, 0, first, false)).isEqualTo(300);
        // Said again, as after a crash between disk and database: it is there.
        assertThat(blobs.append(BLOB, 0, first, false)).isEqualTo(300);
        assertThat(blobs.append(BLOB, 100, second, false)).isEqualTo(300);
        assertThat(blobs.append(BLOB, 400, second, false)).isEqualTo(300);
        assertThat(blobs.append(BLOB, 300, second, true)).isEqualTo(600);
        assertThat(blobs.append(BLOB, 600, second, true)).isEqualTo(600);
        assertThat(all(BLOB)).isEqualTo(bytes);
    }

    @Test
    void who_stalled_does_not_write_into_what_another_writes() throws IOException {
        assertThat(blobs.append(BLOB, 0, new byte[10], false)).isEqualTo(10);
        try (FileChannel another = FileChannel.open(file(BLOB), StandardOpenOption.WRITE);
                FileLock lock = another.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> blobs.append(BLOB, 10, new byte[10], true))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("busy");
        }
        assertThat(blobs.append(BLOB, 10, new byte[10], true)).isEqualTo(20);
    }

    @Test
    void what_must_stay_free_stays_free() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        DirectoryBlobs full =
                new DirectoryBlobs(folder, BlobKeys.open(data, false, new SecureRandom()), new SecureRandom(), free);
        assertThatThrownBy(() -> full.append(BLOB, 0, new byte[CHUNK], false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("storage-full");
        assertThat(file(BLOB)).doesNotExist();
    }

    @Test
    void blobs_without_their_key_stop_the_start() throws IOException {
        write(BLOB, new byte[10], CHUNK);
        Files.delete(data.secretPath(BlobKeys.FILE));
        assertThatThrownBy(() -> BlobKeys.open(data, DirectoryBlobs.any(folder), new SecureRandom()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Restore it from a backup");
    }

    @Test
    void a_new_key_wraps_and_the_old_one_still_opens() throws IOException {
        byte[] bytes = TestFiles.bytes(7, 100);
        write(BLOB, bytes, CHUNK);
        String keys = Files.readString(data.secretPath(BlobKeys.FILE));
        data.writeSecret(
                BlobKeys.FILE,
                (keys + "f".repeat(32) + " " + "1".repeat(64) + "\n").getBytes(StandardCharsets.US_ASCII));
        blobs = store();
        write(OTHER, bytes, CHUNK);
        assertThat(all(BLOB)).isEqualTo(bytes);
        assertThat(all(OTHER)).isEqualTo(bytes);
        data.writeSecret(BlobKeys.FILE, keys.getBytes(StandardCharsets.US_ASCII));
        blobs = store();
        assertThat(all(BLOB)).isEqualTo(bytes);
        assertThatThrownBy(() -> all(OTHER)).isInstanceOf(BlobDamaged.class);
    }
}
