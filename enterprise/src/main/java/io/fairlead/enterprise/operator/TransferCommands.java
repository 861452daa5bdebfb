package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.file.BlobStore;
import io.fairlead.enterprise.file.DownloadLinks;
import io.fairlead.enterprise.file.FileName;
import io.fairlead.enterprise.file.Offer;
import io.fairlead.enterprise.file.Protection;
import io.fairlead.enterprise.file.Staging;
import io.fairlead.enterprise.file.Transfer;
import io.fairlead.enterprise.file.TransferId;
import io.fairlead.enterprise.file.Transfers;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;

/** Files to and from devices. Bytes go in base64, at most {@link BlobStore#CHUNK} in a line. */
final class TransferCommands {
    private final Transfers transfers;
    private final Staging staging;
    private final DownloadLinks links;
    private final String downloads;
    private final Clock clock;

    /** @param downloads the URL that stands before a link's token */
    TransferCommands(Transfers transfers, Staging staging, DownloadLinks links, String downloads, Clock clock) {
        this.transfers = transfers;
        this.staging = staging;
        this.links = links;
        this.downloads = downloads;
        this.clock = clock;
    }

    Map<String, Command> commands() {
        return Map.of(
                "upload", this::upload,
                "package", this::diagnosticPackage,
                "send.begin", this::begin,
                "send.add", this::add,
                "send.end", this::send,
                "transfers", this::list,
                "transfer", this::one,
                "transfer.cancel", this::cancel,
                "transfer.read", this::read,
                "transfer.link", this::link);
    }

    private Future<JsonObject> upload(Actor actor, Arguments arguments) {
        arguments.only("device", "path", "reason");
        return transfers
                .upload(actor, device(arguments), arguments.text("path"), reason(arguments))
                .map(this::json);
    }

    private Future<JsonObject> diagnosticPackage(Actor actor, Arguments arguments) {
        arguments.only("device", "reason");
        return transfers
                .diagnosticPackage(actor, device(arguments), reason(arguments))
                .map(this::json);
    }

    private Future<JsonObject> begin(Actor actor, Arguments arguments) {
        arguments.only("device", "size");
        return staging.begin(actor, device(arguments), arguments.number("size", 0, Long.MAX_VALUE, 0))
                .map(staged -> new JsonObject().put("staged", staged));
    }

    private Future<JsonObject> add(Actor actor, Arguments arguments) {
        arguments.only("staged", "offset", "bytes", "last");
        byte[] bytes = bytes(arguments.text("bytes"));
        boolean last = arguments.number("last", 0, 1, 0) == 1;
        return staging.add(
                        actor, arguments.text("staged"), arguments.number("offset", 0, Long.MAX_VALUE, 0), bytes, last)
                .map(length -> new JsonObject().put("length", length));
    }

    private static byte[] bytes(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length <= BlobStore.CHUNK) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            throw new Refusal(Fault.INVALID, "argument bytes is base64", malformed);
        }
        throw new Refusal(Fault.INVALID, "argument bytes has at most " + BlobStore.CHUNK + " bytes");
    }

    private Future<JsonObject> send(Actor actor, Arguments arguments) {
        arguments.only("device", "staged", "name", "size", "sha256", "reason");
        Offer file = new Offer(
                arguments.text("name"),
                arguments.number("size", 0, Long.MAX_VALUE, 0),
                arguments.text("sha256"),
                Protection.NONE);
        return staging.send(actor, device(arguments), arguments.text("staged"), file, reason(arguments))
                .map(this::json);
    }

    /** Those that go on, then the newest; of one device when it is named. */
    private Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("device", "limit");
        int limit = (int) arguments.number("limit", 1, 1_000, 50);
        return transfers
                .list(actor, arguments.optionalText("device").map(DeviceId::new).orElse(null), limit)
                .map(list -> new JsonObject().put("transfers", Json.array(list, this::json)));
    }

    private Future<JsonObject> one(Actor actor, Arguments arguments) {
        arguments.only("id");
        return transfers.get(actor, id(arguments)).map(this::json);
    }

    private Future<JsonObject> cancel(Actor actor, Arguments arguments) {
        arguments.only("id");
        return transfers.cancel(actor, id(arguments)).map(this::json);
    }

    /** Some bytes; none behind the file's end. */
    private Future<JsonObject> read(Actor actor, Arguments arguments) {
        arguments.only("id", "offset");
        return transfers
                .read(actor, id(arguments), arguments.number("offset", 0, Long.MAX_VALUE, 0))
                .map(bytes -> new JsonObject().put("bytes", Base64.getEncoder().encodeToString(bytes)));
    }

    private Future<JsonObject> link(Actor actor, Arguments arguments) {
        arguments.only("id");
        return links.make(actor, id(arguments))
                .map(link -> new JsonObject()
                        .put("link", downloads + link.token())
                        .put("notAfter", link.notAfter().toString()));
    }

    private JsonObject json(Transfer one) {
        JsonObject json = new JsonObject()
                .put("id", one.id().value())
                .put("device", one.device().value())
                .put("direction", one.direction().isUp() ? "upload" : "receive")
                .put("asked", one.direction().name().equals("PACKAGE") ? "diagnostic package" : one.asked())
                .put("state", one.state().name())
                .put("ended", one.state().isEnd())
                .put("moved", one.moved())
                .put("rate", one.rateAt(clock.instant()))
                .put("instruction", one.sequence())
                .put("requestedBy", one.requestedBy())
                .put("requestedAt", one.requestedAt().toString());
        Offer offer = one.offer();
        if (offer != null) {
            json.put("name", offer.name())
                    .put("safeName", FileName.of(offer.name(), one.id().value()).value())
                    .put("size", offer.size())
                    .put("sha256", offer.sha256())
                    .put("protection", offer.protection().name());
        }
        if (!one.reason().isEmpty()) {
            json.put("reason", one.reason());
        }
        Json.known(json, "detail", one.detail());
        Json.known(json, "begunAt", one.begunAt());
        Json.known(json, "movedAt", one.movedAt());
        Json.known(json, "endedAt", one.endedAt());
        return json;
    }

    private static DeviceId device(Arguments arguments) {
        return new DeviceId(arguments.text("device"));
    }

    private static TransferId id(Arguments arguments) {
        return new TransferId(arguments.text("id"));
    }

    private static String reason(Arguments arguments) {
        return arguments.optionalText("reason").orElse("");
    }
}
