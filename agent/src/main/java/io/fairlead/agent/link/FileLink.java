package io.fairlead.agent.link;

import io.fairlead.soap.Fault;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of files beside the SOAP channel: {@code PUT} and {@code GET /agent/files/ID} in chunks, over the link's servers
 * under the link's trust. Blocks; may be called by several threads at once.
 */
public final class FileLink {
    /** Bytes of a chunk at most. */
    public static final int MAX_CHUNK = 131_072;

    private static final String PATH = "/agent/files/";
    /** The enterprise answers when the chunk is on its disk; a disk may be slow. */
    private static final Duration READ = Duration.ofSeconds(60);

    private final Link link;

    FileLink(Link link) {
        this.link = link;
    }

    /**
     * What the enterprise said of a chunk.
     *
     * @param offset where it expects the next chunk, if it said so
     * @param fault why it refused; empty for a success, and for a fault that this version does not know
     * @param retryAfter how long it asks to be left alone
     * @param body the chunk that was asked for; empty otherwise
     */
    public record Answer(
            int status, OptionalLong offset, Optional<Fault> fault, Optional<Duration> retryAfter, ByteBuffer body) {
        /** Whether the status is one of success (RFC 9110 section 15.3). */
        public boolean good() {
            return status / 100 == 2;
        }
    }

    /**
     * Sends one chunk; 204 says that it is on disk, 200 that with it the file is complete.
     *
     * @param id the transfer
     * @param from where in the file it begins, in bytes
     * @param size of the file, in bytes
     * @param chunk at most {@value #MAX_CHUNK} bytes; empty only for a file without bytes
     */
    public Answer put(String id, long from, long size, byte[] chunk, Pace pace) throws LinkException {
        String range =
                chunk.length == 0 ? "bytes */" + size : "bytes " + from + "-" + (from + chunk.length - 1) + "/" + size;
        Map<String, String> headers = Map.of("Content-Range", range, "Content-Type", "application/octet-stream");
        return link.over(server -> answer(server.exchange("PUT", PATH + id, headers, chunk, pace, READ)));
    }

    /**
     * Fetches one chunk.
     *
     * @param id the transfer
     * @param from where in the file it begins, in bytes
     * @param length 1 to {@value #MAX_CHUNK} bytes
     * @throws LinkException also when a success brings another number of bytes
     */
    public Answer get(String id, long from, int length, Pace pace) throws LinkException {
        Map<String, String> headers = Map.of("Range", "bytes=" + from + "-" + (from + length - 1));
        return link.over(server -> {
            Answer answer = answer(server.exchange("GET", PATH + id, headers, null, pace, READ));
            if (answer.good() && answer.body().remaining() != length) {
                throw LinkException.badAnswer(server.server() + " answered with "
                        + answer.body().remaining() + " bytes where " + length + " were asked for");
            }
            return answer;
        });
    }

    private static Answer answer(HttpsExchange.Answer answer) {
        String offset = answer.own().getOrDefault("fairlead-offset", "");
        String fault = answer.own().getOrDefault("fairlead-fault", "").strip().toLowerCase(Locale.ROOT);
        return new Answer(
                answer.status(),
                offset.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(offset)) : OptionalLong.empty(),
                Fault.ofKey(fault),
                Optional.ofNullable(answer.retryAfter()),
                ByteBuffer.wrap(answer.body().readAllBytes()));
    }
}
