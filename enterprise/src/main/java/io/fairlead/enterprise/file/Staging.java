package io.fairlead.enterprise.file;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Files on their way from a person into the store, to be sent to a device. What was never sent on is deleted a day after
 * its last byte. A restart of the server forgets them: then it is begun again.
 */
public final class Staging {
    private static final int MOST = 64;
    private static final String UNIQUE_VIOLATION = "23505";

    private final Devices devices;
    private final Transfers transfers;
    private final Blobs blobs;
    private final Ids ids;
    /** Each with whoever brings it. */
    private final Map<String, String> open = new LinkedHashMap<>();

    private final Set<String> sending = new HashSet<>();

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

    /**
     * The same, with all that can be judged before there is a byte.
     *
     * @param name under which the device is to place it
     * @return fails with Refusal also: INVALID for a name or a reason, DEVICE_MUTED
     */
    public Future<String> begin(Actor actor, DeviceId device, String name, long size, String reason) {
        Wish wish = Wish.of(actor, device, new Act.Receive(ids.next(), name, size, ""), reason);
        return devices.mayOn(wish.actor(), Action.MOVE_FILE, device)
                .compose(may -> devices.mustBeHeard(device))
                .compose(heard -> begin(actor, device, size));
    }

    /**
     * Deletes what came, for no more will. Not after {@link #send} failed with anything but a Refusal: then it may have
     * been sent all the same.
     */
    public void abandon(Actor actor, String staged) {
        if (closed(actor, staged)) {
            blobs.forget(staged);
        }
    }

    private synchronized boolean closed(Actor actor, String staged) {
        return !sending.contains(staged) && open.remove(staged, actor.audited());
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

    /** One file becomes one transfer, however often and fast it is said. */
    private synchronized void sendingBegins(Actor actor, String staged) {
        mustBeOpen(actor, staged);
        if (!sending.add(staged)) {
            throw new Refusal(Fault.BUSY, "the file is being sent already");
        }
    }

    private synchronized void sendingEnds(String staged, boolean sent) {
        sending.remove(staged);
        if (sent) {
            open.remove(staged);
        }
    }

    /**
     * Adds bytes in order.
     *
     * @param last whether the file ends with them
     * @return the length so far; fails with Refusal: NOT_FOUND, OFFSET, STORAGE_FULL
     */
    public Future<Long> add(Actor actor, String staged, long offset, byte[] bytes, boolean last) {
        return put(actor, staged, offset, bytes, last).map(length -> {
            if (length != offset + bytes.length) {
                throw new Refusal(Fault.OFFSET, "the file has " + length + " bytes so far");
            }
            return length;
        });
    }

    /**
     * The same for who can begin again where the file ends.
     *
     * @return the length so far: other than {@code offset + bytes.length} when the bytes do not begin where those before
     *     ended; then they are not taken
     */
    public Future<Long> put(Actor actor, String staged, long offset, byte[] bytes, boolean last) {
        mustBeOpen(actor, staged);
        return blobs.append(staged, offset, bytes, last);
    }

    /**
     * Sends a file that is in whole, of whose bytes whoever brought them knows no more than how many there are.
     *
     * @param name under which the device is to place it
     * @return fails with Refusal: DIGEST when there are not so many; else as the other
     */
    public Future<Transfer> send(Actor actor, DeviceId device, String staged, String name, long size, String reason) {
        return send(actor, device, staged, size, digest -> new Offer(name, size, digest, Protection.NONE), reason);
    }

    /**
     * Sends a file that is in whole.
     *
     * @param file with the name under which the device is to place it
     * @return fails with Refusal: DIGEST when what came is not what was announced, BUSY while it is being sent, CONFLICT
     *     when it was; else as {@link Transfers#upload}
     */
    public Future<Transfer> send(Actor actor, DeviceId device, String staged, Offer file, String reason) {
        return send(actor, device, staged, file.size(), digest -> file, reason);
    }

    private Future<Transfer> send(
            Actor actor, DeviceId device, String staged, long size, Function<String, Offer> announced, String reason) {
        sendingBegins(actor, staged);
        // Touched first: from here on retention takes it for nobody's only after another day.
        return blobs.touch(staged)
                .compose(there -> there ? blobs.digest(staged, size) : Future.succeededFuture(""))
                .compose(digest -> {
                    Offer file = digest.isEmpty() ? null : announced.apply(digest);
                    if (file == null || !digest.equals(file.sha256())) {
                        throw new Refusal(
                                Fault.DIGEST, "the file changed while it was read, or was damaged on its way");
                    }
                    return transfers.send(actor, device, staged, file, reason);
                })
                .onComplete(done -> sendingEnds(staged, done.succeeded()))
                .recover(failure -> Future.failedFuture(sentBefore(failure) ? sentAlready(failure) : failure));
    }

    /** The answer of the first time was lost: of two transfers with the same bytes the database takes one. */
    private static boolean sentBefore(Throwable failure) {
        return failure instanceof PgException refused
                && UNIQUE_VIOLATION.equals(refused.getSqlState())
                && String.valueOf(refused.getConstraint()).equals("transfer_blob");
    }

    private static Refusal sentAlready(Throwable failure) {
        return new Refusal(Fault.CONFLICT, "the file was sent already: see the list of transfers", failure);
    }
}
