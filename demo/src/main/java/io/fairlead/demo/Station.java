package io.fairlead.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/**
 * One instrument of the demo with all that is said of it in the registry.
 *
 * @param number from 1
 */
record Station(int number, String device, String customer, String site, Instrument instrument) {
    /** Of instruments. */
    static final int KINDS = 3;

    private static final List<String> CUSTOMERS =
            List.of("Saint Mary Hospital", "Institut Pasteur Sud", "Klinikum Donau");
    private static final List<String> SITES = List.of("Leeds", "Lyon", "Ulm");

    /** The same for the same number, at every start. */
    static Station of(int number) {
        int kind = (number - 1) % KINDS;
        Random random = new Random(number);
        Instrument instrument = switch (kind) {
            case 0 -> new ChemistryAnalyser(random);
            case 1 -> new BloodGroupingAnalyser(random);
            default -> new ContrastInjector(random);
        };
        return new Station(number, "DEMO-" + number, CUSTOMERS.get(kind), SITES.get(kind), instrument);
    }

    /** The arguments of the command that registers it. */
    JsonObject registration() {
        return new JsonObject()
                .put("device", device)
                .put("customer", customer)
                .put("site", site)
                .put("region", "eu")
                .put("model", instrument.model())
                .put("serial", "SN" + (4_700 + number));
    }
}
