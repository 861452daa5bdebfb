package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Files on their way from a person into the store, to be sent to a device. What was never sent on is deleted a day after
 * its last byte. A restart of the server forgets them: then it is begun again.
 */
public final class Staging {
    private static final int MOST = 64;

    private final Devices devices;
    private final Transfers transfers;
    private final Blobs blobs;
    private final Ids ids;
    private final Set<String> open = new LinkedHashSet<>();

    public Staging(Devices devices, Transfers transfers, BlobStore blobs, Blocking blocking, Ids ids) {
        this.devices = devices;
        this.transfers = transfers;
        this.blobs = new Blobs(blobs, blocking);
        this.ids = ids;
    }

    /**
     * Begins, before a byte is moved in vain.
     *
     * @return the name under which bytes are added; fails with Refusal: UNKNOWN_DEVICE, NOT_ENROLLED, STORAGE_FULL
     */
    public Future<String> begin(DeviceId device, long size) {
        return devices.get(device)
                .compose(known -> {
                    if (known.enrolment() == null) {
                        throw new Refusal(Fault.NOT_ENROLLED, "device=" + device);
                    }
                    return blobs.mustHaveRoom(size);
                })
                .map(room -> opened(ids.next()));
    }

    private synchronized String opened(String staged) {
        if (open.size() >= MOST) {
            open.remove(open.iterator().next());
        }
        open.add(staged);
        return staged;
    }

    private synchronized void mustBeOpen(String staged) {
        if (!open.contains(staged)) {
            throw new Refusal(Fault.NOT_FOUND, "there is no file on its way in under this name; begin again");
        }
    }

    private synchronized void closed(String staged) {
        open.remove(staged);
    }

    /**
     * Adds bytes in order.
     *
     * @param last whether the file ends with them
     * @return the length so far; fails with Refusal: NOT_FOUND, OFFSET, STORAGE_FULL
     */
    public Future<Long> add(String staged, long offset, byte[] bytes, boolean last) {
        mustBeOpen(staged);
        return blobs.append(staged, offset, bytes, last).map(length -> {
            if (length != offset + bytes.length) {
                throw new Refusal(Fault.OFFSET, "the file has " + length + " bytes so far");
            }
            return length;
        });
    }

    /**
     * Sends a file that is in whole.
     *
     * @param file with the name under which the device is to place it
     * @return fails with Refusal(DIGEST) when what came is not what was announced; else as {@link Transfers#upload}
     */
    public Future<Transfer> send(String actor, DeviceId device, String staged, Offer file, String reason) {
        mustBeOpen(staged);
        return blobs.digest(staged, file.size()).compose(digest -> {
            if (!digest.equals(file.sha256())) {
                throw new Refusal(Fault.DIGEST, "the file changed while it was read, or was damaged on its way");
            }
            return transfers.send(actor, device, staged, file, reason).onSuccess(sent -> closed(staged));
        });
    }
}
