package io.fairlead.enterprise.app;

import static io.fairlead.enterprise.app.IntegrationRightsTest.ANYWHERE;
import static io.fairlead.enterprise.app.IntegrationRightsTest.NOTHING;
import static io.fairlead.enterprise.app.IntegrationRightsTest.WHO;
import static io.fairlead.enterprise.app.IntegrationRightsTest.line;

import java.util.List;

/** What accounts may of the registry: lines of {@link IntegrationRightsTest}. Each deed finds what those before it left. */
final class DeviceLines {
    private static final String ALL = "<t:criteria/>";
    private static final String GROUP = "<t:group>walk-integration</t:group>";
    private static final String LAB_7 = "<t:device>LAB-7</t:device>";
    private static final String NEW =
            "<t:device><t:id>LAB-9</t:id><t:customer>St. Mary</t:customer><t:site>Basel</t:site>"
                    + "<t:region>EU</t:region><t:model>Analyser 3</t:model><t:serialNumber>9</t:serialNumber></t:device>";

    private DeviceLines() {}

    static List<IntegrationRightsTest.Line> of() {
        return List.of(
                seen("Find", ALL, "<id>LAB-7<", "forbidden", NOTHING),
                seen("FindById", "<t:id>LAB-7</t:id>", "<id>LAB-7<", "unknown-device", "unknown-device"),
                seen("FindModels", ALL, "<id>Analyser 3<", "forbidden", NOTHING),
                seen("FindCustomers", ALL, "<id>St. Mary<", "forbidden", NOTHING),
                seen("FindSites", ALL, "<id>Basel<", "forbidden", NOTHING),
                seen("FindRegions", ALL, "<id>EU<", "forbidden", NOTHING),
                // Where it would be is judged: nobody asks whether there is one.
                deed("Create", NEW, "<id>LAB-9<", "forbidden"),
                deed("Update", one(1, "<t:site>Bern</t:site>"), "<version>2<", "unknown-device"),
                deed("Retire", one(2, "") + "<t:reason>walk</t:reason>", "<version>3<", "unknown-device"),
                deed("Unretire", one(3, "") + "<t:reason>walk</t:reason>", "<version>4<", "unknown-device"),
                // A group is nowhere: what is in it is somewhere.
                group(
                        "CreateGroups",
                        "<t:group><t:id>walk-" + WHO + "</t:id><t:description/></t:group>",
                        "forbidden",
                        ANYWHERE),
                group("AddToGroup", GROUP + LAB_7, "forbidden", "not-found"),
                group("AddToGroup", "<t:group>walk-" + WHO + "</t:group>" + LAB_7, "not-found", "unknown-device"),
                seen("FindGroups", ALL, "<id>walk-integration<", "forbidden", NOTHING),
                group("RemoveFromGroup", GROUP + LAB_7, "not-found", "not-found"),
                group("DeleteGroups", "<t:id>walk-integration</t:id>", "not-found", "not-found"));
    }

    private static String one(int version, String change) {
        return "<t:device><t:id>LAB-9</t:id><t:version>" + version + "</t:version>" + change + "</t:device>";
    }

    private static IntegrationRightsTest.Line seen(
            String operation, String inside, String shown, String told, String elsewhere) {
        return line("Device", operation, inside, "integration", shown, "training-system", told, elsewhere);
    }

    private static IntegrationRightsTest.Line deed(String operation, String inside, String shown, String elsewhere) {
        return line("Device", operation, inside, "service-engineer", shown, "integration", "forbidden", elsewhere);
    }

    private static IntegrationRightsTest.Line group(String operation, String inside, String told, String elsewhere) {
        return line("Device", operation, inside, "integration", "<successful>true<", "it", told, elsewhere);
    }
}
