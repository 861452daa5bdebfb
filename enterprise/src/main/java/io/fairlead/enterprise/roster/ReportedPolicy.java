package io.fairlead.enterprise.roster;

import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.DeviceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the customer's {@code site.conf} says at one device, as its agent reported it in the item {@value #ITEM}.
 *
 * @param reportedAt when that was received; null when no agent has reported any yet
 * @param facts what was said, by name, in the order in which it was said: what an agent of another version says more of, too
 */
public record ReportedPolicy(
        DeviceId device,
        String customer,
        String site,
        String model,
        @Nullable Instant reportedAt,
        Map<String, String> facts) {
    /** The item in which agents report it: lines of {@code key=value}. */
    public static final String ITEM = "agent/policy";

    static final String BELIEVED = "believed";
    private static final String SERVICE = "service.";

    /** That of one device, from what its agent reported. */
    public static ReportedPolicy of(Device device, String text, Instant reportedAt) {
        return new ReportedPolicy(
                device.id(), device.customer(), device.site(), device.model(), reportedAt, facts(text));
    }

    static Map<String, String> facts(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                facts.putIfAbsent(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        });
        return facts;
    }

    /** Whether the agent takes the file for the customer's word; when not, it denies everything. */
    public boolean believed() {
        return fact(BELIEVED).equals("yes");
    }

    /** Why it does not; empty when it does or nothing was reported. */
    public String doubt() {
        String said = fact(BELIEVED);
        return said.startsWith("no") ? said.substring(2).replaceFirst("^[: ]*(everything is denied: )?", "") : "";
    }

    /** What was said under a name; empty when nothing was. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** Allow, ask or deny; empty when nothing was said of the action. */
    public String rule(String action) {
        String said = fact(action);
        int blank = said.indexOf(' ');
        return blank < 0 ? said : said.substring(0, blank);
    }

    /** Within which hours; empty for always. */
    public String hours(String action) {
        String said = fact(action);
        int blank = said.indexOf(' ');
        return blank < 0 ? "" : said.substring(blank + 1);
    }

    /**
     * What remote sessions may be about.
     *
     * @param name as the file has it
     * @param kind rfb for a desktop, terminal, raw for anything else, or what an agent of another version calls it
     */
    public record Service(String name, String kind) {}

    /** The services that the file names, in its order; there may be more than an agent tells of. */
    public List<Service> services() {
        return facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(SERVICE))
                .map(fact -> new Service(fact.getKey().substring(SERVICE.length()), fact.getValue()))
                .toList();
    }
}
