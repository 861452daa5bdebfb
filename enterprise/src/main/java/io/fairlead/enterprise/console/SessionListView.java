package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.remote.SessionRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Remote sessions, the newest first, and those that are open now.
 *
 * @param query as it stands in the address
 * @param open those that are not over
 * @param customers of whose devices one can choose
 * @param ofCustomer whether it is a customer who looks, and so at his own devices
 * @param mayEnd how many are open that the visitor may end
 */
public record SessionListView(
        Form query,
        SessionRow.Page page,
        List<SessionRow> open,
        List<String> customers,
        boolean ofCustomer,
        int mayEnd) {
    static final String PATH = "/sessions";
    static final List<String> NAMES = List.of("standing", "device", "customer", "person", "end");

    public SessionListView {
        open = List.copyOf(open);
        customers = List.copyOf(customers);
    }

    public Map<String, String> standings() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("", "Open and over");
        words.put("open", "Open");
        words.put("over", "Over");
        return words;
    }

    public Map<String, String> choices() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("", "All customers");
        customers.forEach(customer -> words.put(customer, customer));
        return words;
    }

    public Map<String, String> ends() {
        return SessionWords.ends();
    }

    public boolean isFiltered() {
        return NAMES.stream().anyMatch(name -> !query.value(name).isBlank());
    }

    public boolean isOlder() {
        return !query.value("before").isEmpty();
    }

    /** The newest of what is asked for. */
    public String newest() {
        return address("");
    }

    /** This page. */
    public String here() {
        return address(query.value("before"));
    }

    /** What is older than this page. */
    public String older() {
        return address(page.rows().get(page.rows().size() - 1).session().id());
    }

    private String address(String before) {
        StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
        NAMES.forEach(name -> add(parts, name, query.value(name)));
        add(parts, "before", before);
        return PATH + parts;
    }

    private static void add(StringJoiner parts, String name, String value) {
        if (!value.isBlank()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
