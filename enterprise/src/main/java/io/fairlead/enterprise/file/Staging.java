package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

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
    /** Each with whoever brings it. */
    private final Map<String, String> open = new LinkedHashMap<>();

    public Staging(Devices devices, Transfers transfers, BlobStore blobs, Blocking blocking, Ids ids) {
        this.devices = devices;
        this.transfers = transfers;
        this.blobs = new Blobs(blobs, blocking);
        this.ids = ids;
    }

    /**
     * Begins, before a byte is moved in vain.
     *
     * @return the name under which bytes are added; fails with Refusal: UNKNOWN_DEVICE, NOT_ENROLLED, FORBIDDEN, PASSKEY_NEEDED,
     *     STORAGE_FULL
     */
    public Future<String> begin(Actor actor, DeviceId device, long size) {
        return devices.mayOn(actor, Action.MOVE_FILE, device)
                .compose(known -> {
                    if (known.enrolment() == null) {
                        throw new Refusal(Fault.NOT_ENROLLED, "device=" + device);
                    }
                    return blobs.mustHaveRoom(size);
                })
                .map(room -> opened(actor, ids.next()));
    }

    private synchronized String opened(Actor actor, String staged) {
        if (open.size() >= MOST) {
            open.remove(open.keySet().iterator().next());
        }
        open.put(staged, actor.audited());
        return staged;
    }

    private synchronized void mustBeOpen(Actor actor, String staged) {
        if (!actor.audited().equals(open.get(staged))) {
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
    public Future<Long> add(Actor actor, String staged, long offset, byte[] bytes, boolean last) {
        mustBeOpen(actor, staged);
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
    public Future<Transfer> send(Actor actor, DeviceId device, String staged, Offer file, String reason) {
        mustBeOpen(actor, staged);
        return blobs.digest(staged, file.size()).compose(digest -> {
            if (!digest.equals(file.sha256())) {
                throw new Refusal(Fault.DIGEST, "the file changed while it was read, or was damaged on its way");
            }
            return transfers.send(actor, device, staged, file, reason).onSuccess(sent -> closed(staged));
        });
    }
}
