package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.ByteRange;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the head of a request for bytes says. Everything else than the contract's form is refused, never guessed. */
final class FileRequest {
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

    private FileRequest() {}

    /** A chunk that is about to come. */
    record Chunk(ByteRange range, long size) {}

    /** @throws Refusal NOT_FOUND unless the path ends in a transfer's id */
    static TransferId id(String path) {
        return new TransferId(path.substring(FileRoutes.PATH.length()));
    }

    /** An empty file has no range: this says that all of it has come. */
    static boolean isEmptyFile(HttpServerRequest request) {
        return "bytes */0".equals(request.getHeader("Content-Range"))
                && "0".equals(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    }

    /** @throws Refusal INVALID, BODY_EMPTY or BODY_TOO_LARGE; nothing of the body has been read then */
    static Chunk chunk(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            throw new Refusal(Fault.INVALID, "a content-encoding");
        }
        @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !LENGTH.matcher(length).matches()) {
            throw new Refusal(Fault.INVALID, "no content-length");
        }
        if (Long.parseLong(length) > BlobStore.CHUNK) {
            throw new Refusal(Fault.INVALID, "content-length " + length);
        }
        Matcher range = matcher(CONTENT_RANGE, request.getHeader("Content-Range"), "content-range");
        Chunk chunk = new Chunk(
                new ByteRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2))),
                Long.parseLong(range.group(3)));
        if (chunk.range().length() != Long.parseLong(length)) {
            throw new Refusal(Fault.INVALID, "content-range and content-length do not fit");
        }
        chunk.range().mustBeChunkOf(chunk.size());
        return chunk;
    }

    /** @throws Refusal INVALID */
    static ByteRange range(HttpServerRequest request) {
        Matcher range = matcher(RANGE, request.getHeader("Range"), "range");
        return new ByteRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    private static Matcher matcher(Pattern form, @Nullable String value, String name) {
        Matcher matcher = form.matcher(value == null ? "" : value);
        if (!matcher.matches()) {
            throw new Refusal(Fault.INVALID, "no or a malformed " + name);
        }
        return matcher;
    }
}
