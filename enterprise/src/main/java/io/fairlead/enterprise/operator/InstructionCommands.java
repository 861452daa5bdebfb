package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instruction;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Gives devices something to do, and sees how it ends. */
final class InstructionCommands {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int LONGEST_WATCH_SECONDS = 30;

    private final Instructions instructions;
    private final Clock clock;
    private final Timers timers;

    InstructionCommands(Instructions instructions, Clock clock, Timers timers) {
        this.instructions = instructions;
        this.clock = clock;
        this.timers = timers;
    }

    Map<String, Command> commands() {
        return Map.of(
                "instruct",
                this::instruct,
                "instructions",
                this::list,
                "instructions.cancel",
                this::cancel,
                "watch",
                this::watch);
    }

    /** Creates an instruction; answers its number once it is committed. */
    Future<JsonObject> instruct(Actor actor, Arguments arguments) {
        arguments.only("device", "action", "key", "value", "name", "reason");
        DeviceId device = new DeviceId(arguments.text("device"));
        return instructions
                .create(Wish.of(
                        actor,
                        device,
                        act(arguments),
                        arguments.optionalText("reason").orElse("")))
                .map(number -> new JsonObject().put("device", device.value()).put("number", number));
    }

    private static Act act(Arguments arguments) {
        String action = arguments.text("action");
        return switch (action) {
            case "collect" -> new Act.Collect();
            case "set" -> new Act.SetKey(arguments.text("key"), arguments.text("value"));
            case "diagnose" -> new Act.Diagnose(arguments.text("name"));
            case "restart" -> new Act.Restart();
            default -> throw new Refusal(Fault.INVALID, "argument action is one of collect, set, diagnose, restart");
        };
    }

    /** The newest instructions of a device. */
    Future<JsonObject> list(Actor actor, Arguments arguments) {
        arguments.only("device", "limit");
        DeviceId device = new DeviceId(arguments.text("device"));
        int limit = (int) arguments.number("limit", 1, 1_000, 50);
        return instructions
                .list(actor, device, limit)
                .map(list -> new JsonObject().put("instructions", Json.array(list, Json::instruction)));
    }

    /** Takes back one that no agent has in its journal yet. */
    Future<JsonObject> cancel(Actor actor, Arguments arguments) {
        arguments.only("device", "number", "reason");
        DeviceId device = new DeviceId(arguments.text("device"));
        long number = arguments.number("number", 1, Long.MAX_VALUE, 0);
        return instructions
                .cancel(actor, device, number, arguments.reason())
                .map(new JsonObject().put("device", device.value()).put("cancelled", number));
    }

    /** An instruction as soon as it has ended, or as it is when the seconds are over. */
    Future<JsonObject> watch(Actor actor, Arguments arguments) {
        arguments.only("device", "number", "seconds");
        DeviceId device = new DeviceId(arguments.text("device"));
        long number = arguments.number("number", 1, Long.MAX_VALUE, 0);
        long seconds = arguments.number("seconds", 0, LONGEST_WATCH_SECONDS, 0);
        return ended(actor, device, number, clock.instant().plusSeconds(seconds))
                .map(Json::instruction);
    }

    private Future<Instruction> ended(Actor actor, DeviceId device, long number, Instant deadline) {
        return instructions.find(actor, device, number).compose(found -> {
            Instruction one = found.orElseThrow(
                    () -> new Refusal(Fault.NOT_FOUND, "device=" + device + " instruction=" + number));
            return Json.finished(one) || !clock.instant().isBefore(deadline)
                    ? Future.succeededFuture(one)
                    : later(actor, device, number, deadline);
        });
    }

    private Future<Instruction> later(Actor actor, DeviceId device, long number, Instant deadline) {
        Promise<Instruction> promise = Promise.promise();
        Timers.Timer look = timers.after(
                BETWEEN_LOOKS, () -> ended(actor, device, number, deadline).onComplete(promise));
        return promise.future().onComplete(done -> look.cancel());
    }
}
