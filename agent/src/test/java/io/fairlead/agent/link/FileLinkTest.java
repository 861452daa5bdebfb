package io.fairlead.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileLinkTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final String ID = "00112233445566778899aabbccddeeff";

    private final List<Integer> passed = new ArrayList<>();
    private final Pace pace = new Pace() {
        @Override
        public int slice() {
            return 1000;
        }

        @Override
        public void pass(int bytes) {
            passed.add(bytes);
        }
    };
    private TlsServer server;

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void a_chunk_goes_in_slices_and_says_where_it_belongs() throws Exception {
        FileLink files = link("204 x", "");
        byte[] chunk = new byte[2500];
        Arrays.fill(chunk, (byte) 7);

        FileLink.Answer answer = files.put(ID, 5000, 9000, chunk, pace);

        assertThat(answer.good()).isTrue();
        TlsServer.Request request = server.requests.get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("PUT /agent/files/" + ID);
        assertThat(request.headers()).containsEntry("content-range", "bytes 5000-7499/9000");
        assertThat(request.body()).isEqualTo(chunk);
        assertThat(passed).containsExactly(1000, 1000, 500);
    }

    @Test
    void another_offset_is_told_with_its_fault() throws Exception {
        FileLink.Answer answer = link("409 x\r\nFairlead-Offset: 131072\r\nFairlead-Fault: offset", "")
                .put(ID, 0, 9000, new byte[1], pace);

        assertThat(answer.good()).isFalse();
        assertThat(answer.fault()).contains(Fault.OFFSET);
        assertThat(answer.offset()).hasValue(131_072);
    }

    @Test
    void a_wish_to_be_left_alone_is_told_and_a_fault_nobody_knows_is_none() throws Exception {
        FileLink.Answer answer = link("503 x\r\nRetry-After: 7\r\nFairlead-Fault: of tomorrow", "")
                .put(ID, 0, 9000, new byte[1], pace);

        assertThat(answer.fault()).isEmpty();
        assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void a_chunk_is_fetched_in_slices_and_must_be_as_long_as_was_asked() throws Exception {
        FileLink files = link("206 x", "twelve bytes");

        assertThat(files.get(ID, 100, 12, pace).body())
                .isEqualTo(ByteBuffer.wrap("twelve bytes".getBytes(StandardCharsets.US_ASCII)));
        assertThat(server.requests.get(0).headers()).containsEntry("range", "bytes=100-111");
        assertThat(passed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);

        assertThatThrownBy(() -> files.get(ID, 100, 13, pace))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("12 bytes where 13 were asked for");
    }

    @Test
    void who_no_longer_wants_it_ends_it_between_two_slices() throws Exception {
        FileLink files = link("204 x", "");
        Pace ends = new Pace() {
            private int left = 2;

            @Override
            public int slice() {
                return 1000;
            }

            @Override
            public void pass(int bytes) throws IOException {
                if (left-- == 0) {
                    throw new InterruptedIOException("cancelled");
                }
            }
        };

        assertThatThrownBy(() -> files.put(ID, 0, 100_000, new byte[100_000], ends))
                .isInstanceOf(LinkException.class);
        assertThat(server.received().length).as("two slices and the head").isLessThan(3000);
    }

    private FileLink link(String status, String body) {
        server = new TlsServer(
                OURS.server("localhost"),
                (request, out) ->
                        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII)));
        ServerAddress address = server.address("localhost");
        return new Link(
                        address,
                        Dialer.direct(),
                        OURS.identity(address, "device-1"),
                        new SoapCodec(new Documents(XmlReaders.ofJdk())),
                        Instant::now)
                .files();
    }
}
