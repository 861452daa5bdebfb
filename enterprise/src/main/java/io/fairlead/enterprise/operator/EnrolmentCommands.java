package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.Enrolments;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a PC a device. */
final class EnrolmentCommands {
    private static final List<String> PROPERTIES = List.of("customer", "site", "region", "model", "serial");

    private final Devices devices;
    private final Enrolments enrolments;
    private final Clock clock;

    EnrolmentCommands(Devices devices, Enrolments enrolments, Clock clock) {
        this.devices = devices;
        this.enrolments = enrolments;
        this.clock = clock;
    }

    Map<String, Command> commands() {
        return Map.of("enrol", this::enrol);
    }

    /** Registers a device unless it is, and makes a code for it; properties that are not given stay as they are. */
    Future<JsonObject> enrol(Actor actor, Arguments arguments) {
        arguments.only("device", "customer", "site", "region", "model", "serial", "replace");
        boolean replace = arguments.optionalText("replace").isPresent();
        DeviceId id = new DeviceId(arguments.text("device"));
        return devices.find(actor, id).compose(known -> {
            NewDevice wanted = wanted(id, known, arguments);
            Instant asked = clock.instant();
            return enrolments.start(actor, wanted, replace).map(string -> answer(id, known.isEmpty(), string, asked));
        });
    }

    private static NewDevice wanted(DeviceId id, Optional<Device> known, Arguments arguments) {
        List<String> missing = new ArrayList<>(PROPERTIES);
        missing.removeIf(property -> arguments.optionalText(property).isPresent());
        if (known.isEmpty()) {
            if (!missing.isEmpty()) {
                throw new Refusal(
                        Fault.INVALID, "device " + id + " is new and needs --" + String.join(", --", missing));
            }
            return new NewDevice(
                    id,
                    arguments.text("customer"),
                    arguments.text("site"),
                    arguments.text("region"),
                    arguments.text("model"),
                    arguments.text("serial"));
        }
        Device device = known.get();
        return new NewDevice(
                id,
                arguments.optionalText("customer").orElse(device.customer()),
                arguments.optionalText("site").orElse(device.site()),
                arguments.optionalText("region").orElse(device.region()),
                arguments.optionalText("model").orElse(device.model()),
                arguments.optionalText("serial").orElse(device.serial()));
    }

    private static JsonObject answer(DeviceId id, boolean registered, EnrolmentString string, Instant asked) {
        return new JsonObject()
                .put("device", id.value())
                .put("registered", registered)
                .put("enrolment", string.format())
                .put("notAfter", asked.plus(EnrolmentCodes.LIFE).toString());
    }
}
