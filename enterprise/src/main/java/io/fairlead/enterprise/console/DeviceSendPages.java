package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/**
 * A file from a browser to a device, for the module {@code devicesend.js}.
 *
 * <pre>
 *   POST send               {"size"} ─▶ {"staged"}
 *   POST send/STAGED        bytes, with ?offset and ?last ─▶ {"length"}     the next piece follows the answer
 *   POST send/STAGED/end    {"name","size","reason"} ─▶ {"transfer"}
 * </pre>
 *
 * A piece is answered when the disk has it: a browser is never faster than the disk. When an answer was lost, the length
 * says where to go on.
 */
final class DeviceSendPages implements Pages {
    /** Of one request; a multiple of what the store writes at once. */
    static final int PIECE = 4 * BlobStore.CHUNK;

    private final Staging staging;

    DeviceSendPages(Staging staging) {
        this.staging = staging;
    }

    @Override
    public void mount(Doors doors) {
        doors.post("/devices/:device/send", Access.to(Action.MOVE_FILE), this::begin);
        doors.bytes("/devices/:device/send/:staged", Access.to(Action.MOVE_FILE), PIECE, this::add);
        doors.post("/devices/:device/send/:staged/end", Access.to(Action.MOVE_FILE), this::end);
    }

    private Future<Answer> begin(Visit visit) {
        return staging.begin(visit.actor(), DeviceHeads.id(visit), size(visit.json()))
                .map(staged -> Answer.data(new JsonObject().put("staged", staged)));
    }

    private static long size(JsonObject json) {
        Object size = json.getValue("size");
        if (!(size instanceof Integer || size instanceof Long) || ((Number) size).longValue() < 0) {
            throw new Refusal(Fault.INVALID, "a file has a size");
        }
        return ((Number) size).longValue();
    }

    private Future<Answer> add(Visit visit) {
        String offset = visit.query().value("offset");
        if (!offset.matches("[0-9]{1,18}")) {
            throw new Refusal(Fault.INVALID, "a piece has an offset");
        }
        boolean last = visit.query().ticked("last");
        return put(visit, visit.bytes().getBytes(), 0, Long.parseLong(offset), last)
                .map(length -> Answer.data(new JsonObject().put("length", length)));
    }

    /** Piece by piece as the store takes them; the length so far, also when it is not the one expected. */
    private Future<Long> put(Visit visit, byte[] bytes, int from, long offset, boolean last) {
        int to = Math.min(bytes.length, from + BlobStore.CHUNK);
        boolean end = to == bytes.length;
        return staging.put(
                        visit.actor(), visit.part("staged"), offset, Arrays.copyOfRange(bytes, from, to), last && end)
                .compose(length -> end || length != offset + to - from
                        ? Future.succeededFuture(length)
                        : put(visit, bytes, to, length, last));
    }

    private Future<Answer> end(Visit visit) {
        JsonObject json = visit.json();
        String name = text(json, "name");
        String reason = text(json, "reason");
        try {
            return staging.send(visit.actor(), DeviceHeads.id(visit), visit.part("staged"), name, size(json), reason)
                    .map(transfer -> Answer.data(
                            new JsonObject().put("transfer", transfer.id().value())))
                    .recover(DeviceSendPages::said);
        } catch (Refusal unfit) {
            return said(unfit);
        }
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    /** What the person who sends can mend, in words for the form. */
    private static Future<Answer> said(Throwable failure) {
        boolean unfit = failure instanceof Refusal refusal && refusal.fault() == Fault.INVALID;
        String why = unfit
                ? "Name and reason take no characters that turn writing round or hide; a reason has at most 300."
                : DeviceInstructionPages.whyNot(failure);
        return why.isEmpty()
                ? Future.failedFuture(failure)
                : Future.succeededFuture(Answer.data(new JsonObject().put("fault", why), 422));
    }
}
