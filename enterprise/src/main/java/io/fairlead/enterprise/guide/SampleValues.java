package io.fairlead.enterprise.guide;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Values as they stand in samples: by the element's name where that says most, else by its type's. */
final class SampleValues {
    private static final Map<String, String> BY_ELEMENT = Map.ofEntries(
            Map.entry("customer", "St. Mary"),
            Map.entry("site", "Basel"),
            Map.entry("region", "EU"),
            Map.entry("model", "Analyser 3"),
            Map.entry("serial", "4711"),
            Map.entry("serialNumber", "4711"),
            Map.entry("ref", "1"),
            Map.entry("pageSize", "100"),
            Map.entry("size", "6"),
            Map.entry("expiresSeconds", "86400"),
            Map.entry("evidence", "Course 17, certificate 4711"));
    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("Id128", "0123456789abcdef0123456789abcdef"),
            // Of the six bytes of "Sample", which is what base64 stands for below.
            Map.entry("Sha256", "95a2f1edb08a76120b82cec7c93ca477618639f04beac7d2aeba2dc039d43715"),
            Map.entry("DeviceId", "LAB-7"),
            Map.entry("Property", "St. Mary"),
            Map.entry("ItemName", "lamp/hours"),
            Map.entry("PersonName", "anna"),
            Map.entry("ActorName", "person:anna"),
            Map.entry("Reason", "case 4711"),
            Map.entry("Remark", "Seen; the lamp is ordered."),
            Map.entry("SearchText", "LAB"),
            Map.entry("FilePath", "logs/instrument.log"),
            Map.entry("Cursor", "0"),
            Map.entry("Code", "not-found"),
            Map.entry("Reference", "1"),
            Map.entry("ObjectId", "4711"),
            Map.entry("GroupId", "lamps-2026"),
            Map.entry("AuditCode", "people.added"),
            Map.entry("InstructionId", "LAB-7/1"),
            Map.entry("Endpoint", "https://erp.example/fairlead"),
            Map.entry("Token", "0123456789abcdef"),
            Map.entry("EventKind", "alarm-raised"),
            Map.entry("Path", "/sessions/0123456789abcdef0123456789abcdef"),
            Map.entry("RoleId", "service-engineer"),
            Map.entry("Minutes", "30"),
            Map.entry("Validity", "3600"),
            Map.entry("BucketSeconds", "3600"),
            Map.entry("HistorySize", "100"),
            Map.entry("Time", "2026-11-22T08:00:00Z"),
            Map.entry("dateTime", "2026-11-22T08:00:00Z"),
            Map.entry("boolean", "true"),
            Map.entry("double", "1.5"),
            Map.entry("base64Binary", "U2FtcGxl"));

    private SampleValues() {}

    /**
     * A value of a simple type.
     *
     * @param type its local name
     * @param declared the type's declaration; null for one of XML Schema's own
     */
    static String of(String element, String type, @Nullable Element declared) {
        List<Element> words = declared == null ? List.of() : Xml.children(restriction(declared), "enumeration");
        if (!words.isEmpty()) {
            return words.get(0).getAttribute("value");
        }
        boolean named = !type.equals("boolean") && BY_ELEMENT.containsKey(element);
        String known = named ? BY_ELEMENT.get(element) : BY_TYPE.get(type);
        if (known != null) {
            return known;
        }
        String base = declared == null ? type : local(restriction(declared).getAttribute("base"));
        return switch (base) {
            case "int", "long" -> "1";
            case "string" -> "text";
            default -> BY_TYPE.getOrDefault(base, "1");
        };
    }

    private static Element restriction(Element simple) {
        return Xml.children(simple, "restriction").get(0);
    }

    static String local(String prefixed) {
        return prefixed.substring(prefixed.indexOf(':') + 1);
    }
}
