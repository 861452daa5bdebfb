package io.fairlead.enterprise.operator;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.Devices;
import io.fairlead.enterprise.fleet.NewDevice;
import io.fairlead.enterprise.identity.EnrolmentCodes;
import io.fairlead.enterprise.identity.EnrolmentString;
import io.fairlead.enterprise.kernel.Database;
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

    private final Database database;
    private final Devices devices;
    private final EnrolmentCodes codes;
    private final Clock clock;

    EnrolmentCommands(Database database, Devices devices, EnrolmentCodes codes, Clock clock) {
        this.database = database;
        this.devices = devices;
        this.codes = codes;
        this.clock = clock;
    }

    Map<String, Command> commands() {
        return Map.of("enrol", this::enrol);
    }

    /** Registers a device unless it is, and makes a code for it; properties that are not given stay as they are. */
    Future<JsonObject> enrol(String actor, Arguments arguments) {
        arguments.only("device", "customer", "site", "region", "model", "serial");
        DeviceId id = new DeviceId(arguments.text("device"));
        return devices.find(id).compose(known -> {
            NewDevice wanted = wanted(id, known, arguments);
            Instant asked = clock.instant();
            return devices.register(actor, wanted)
                    .compose(
                            device -> database.inTransaction(connection -> codes.create(connection, id.value(), actor)))
                    .map(string -> answer(id, known.isEmpty(), string, asked));
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
