package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.file.NewFile;
import io.fairlead.enterprise.cxf.Attachment;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Protection;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * A file on its way in: all else is judged first, then each chunk is on the disk, encrypted, before the next is asked for.
 * What does not end well leaves nothing. The steps are no chain of futures, which would grow with the file.
 */
final class FileUpload {
    /** Bytes of a file within the envelope, as the contract has it. */
    static final int MOST_INLINE = 190_000;

    private final Staging staging;
    private final Caller caller;
    private final NewFile file;
    private final DeviceId device;
    private final Promise<Void> in = Promise.promise();
    private Supplier<Future<byte[]>> source = () -> Future.succeededFuture(new byte[0]);
    private String staged = "";
    private long offset;

    FileUpload(Staging staging, Caller caller, NewFile file) {
        this.staging = staging;
        this.caller = caller;
        this.file = file;
        this.device = new DeviceId(file.getDevice());
    }

    /** Once. Fails with Refusal. */
    Future<Transfer> run() {
        if (file.getSize() > RequestHead.MOST_ATTACHED) {
            return Future.failedFuture(new Refusal(Fault.BODY_TOO_LARGE, "size=" + file.getSize()));
        }
        source = source();
        return staging.begin(caller.actor(), device, file.getName(), file.getSize(), file.getReason())
                .compose(name -> {
                    staged = name;
                    next();
                    return in.future().compose(all -> send()).recover(this::failed);
                });
    }

    private Supplier<Future<byte[]>> source() {
        Attachment attachment = caller.attachment();
        byte[] inline = inline();
        if (attachment == null) {
            InputStream rest = new ByteArrayInputStream(inline);
            return () -> Future.succeededFuture(chunk(rest));
        }
        if (inline.length > 0) {
            throw new Refusal(Fault.INVALID, "bytes within the envelope and behind it");
        }
        return attachment::next;
    }

    private byte[] inline() {
        try (InputStream in = file.getContent().getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_INLINE + 1);
            if (bytes.length > MOST_INLINE) {
                throw new Refusal(Fault.XML_LIMIT, "more than " + MOST_INLINE + " bytes within the envelope");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refusal(Fault.INVALID, "content that does not read", e);
        }
    }

    private static byte[] chunk(InputStream rest) {
        try {
            return rest.readNBytes(Attachment.MOST);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory", impossible);
        }
    }

    private void next() {
        source.get().onComplete(read -> {
            if (read.failed()) {
                in.fail(read.cause());
            } else {
                put(read.result());
            }
        });
    }

    private void put(byte[] bytes) {
        long end = offset + bytes.length;
        boolean all = bytes.length == 0;
        if (end > file.getSize() || (all && end < file.getSize())) {
            in.fail(new Refusal(
                    Fault.DIGEST,
                    (all ? end + " bytes came, " : "more bytes came, ") + file.getSize() + " were announced"));
        } else if (all && end > 0) {
            in.complete();
        } else {
            staging.add(caller.actor(), staged, offset, bytes, end == file.getSize())
                    .onComplete(forced -> {
                        offset = end;
                        if (forced.failed()) {
                            in.fail(forced.cause());
                        } else if (all) {
                            in.complete();
                        } else {
                            next();
                        }
                    });
        }
    }

    private Future<Transfer> send() {
        String known = file.getSha256();
        return known == null
                ? staging.send(caller.actor(), device, staged, file.getName(), file.getSize(), file.getReason())
                : staging.send(
                        caller.actor(),
                        device,
                        staged,
                        new Offer(file.getName(), file.getSize(), known, Protection.NONE),
                        file.getReason());
    }

    /** Whether it was sent all the same is not known where the database was lost: then the store finds out. */
    private Future<Transfer> failed(Throwable why) {
        if (!in.future().succeeded() || why instanceof Refusal) {
            staging.abandon(caller.actor(), staged);
        }
        return Future.failedFuture(why);
    }
}
