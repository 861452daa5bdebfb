package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.file.DownloadResponse;
import io.fairlead.contract.integration.file.File;
import io.fairlead.enterprise.cxf.PackedAnswer;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.activation.DataHandler;
import java.time.Instant;
import java.util.Objects;

/** A file on its way out. Its first bytes are read before the answer begins: what cannot be read becomes a fault. */
final class FileDownload {
    private final Transfers transfers;
    private final Caller caller;
    private final TransferId id;
    private final Context loop = Objects.requireNonNull(Vertx.currentContext());

    FileDownload(Transfers transfers, Caller caller, TransferId id) {
        this.transfers = transfers;
        this.caller = caller;
        this.id = id;
    }

    /** With the bytes behind it; a small file is within it for whoever did not send his request so. */
    Future<Object> answer(Instant now) {
        return read(0).compose(first -> transfers.get(caller.actor(), id).map(one -> answer(one, first, now)));
    }

    private Future<byte[]> read(long offset) {
        return transfers.read(caller.actor(), id, offset);
    }

    private Object answer(Transfer one, byte[] first, Instant now) {
        Offer offer = one.offer();
        if (offer == null) {
            throw new Refusal(Fault.CONFLICT, "transfer=" + id + " has no file");
        }
        File file = new File();
        file.setTransfer(FileWords.transfer(one, now));
        file.setContent(new DataHandler(new FileSource(loop, this::read, first, offer.size())));
        DownloadResponse response = new DownloadResponse();
        response.setFile(file);
        boolean packed = caller.packs() || offer.size() > FileUpload.MOST_INLINE;
        return packed ? new PackedAnswer(response) : response;
    }
}
