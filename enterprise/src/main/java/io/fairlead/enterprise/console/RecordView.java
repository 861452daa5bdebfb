package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.roster.Deed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/**
 * What was done, the newest first.
 *
 * @param query as it stands in the address
 * @param ofCustomer whether it is a customer who looks, and so at his own devices
 */
public record RecordView(Form query, Deed.Page page, boolean ofCustomer) {
    static final List<String> NAMES = List.of("device", "who", "from", "to", "zone", "people");

    public List<Deed> deeds() {
        return page.deeds();
    }

    public String sentence(Deed deed) {
        return DeedWords.sentence(deed);
    }

    public String reason(Deed deed) {
        return DeedWords.reason(deed);
    }

    public String who(Deed deed) {
        return DeedWords.who(deed);
    }

    public boolean byPerson(Deed deed) {
        return DeedWords.byPerson(deed);
    }

    public boolean isFiltered() {
        return NAMES.stream()
                .filter(name -> !name.equals("zone"))
                .anyMatch(name -> !query.value(name).isBlank());
    }

    /** The address of what is older than this page. */
    public String older() {
        return address("/record", Long.toString(deeds().get(deeds().size() - 1).id()));
    }

    /** The address of the file of what is asked for. */
    public String file() {
        return address("/record.csv", "");
    }

    /** The newest of what is asked for. */
    public String newest() {
        return address("/record", "");
    }

    public boolean isOlder() {
        return !query.value("before").isEmpty();
    }

    private String address(String path, String before) {
        StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
        for (String name : NAMES) {
            add(parts, name, query.value(name));
        }
        add(parts, "before", before);
        return path + parts;
    }

    private static void add(StringJoiner parts, String name, String value) {
        if (!value.isBlank()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
