package io.fairlead.enterprise.app;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Other systems with accounts, which speak SOAP 1.1 to a server. */
final class OtherSystems {
    private static final Pattern OPERATION = Pattern.compile("<t:([A-Za-z]+)");

    private final RunningServer server;
    private final Map<String, String> passwords = new HashMap<>();

    OtherSystems(RunningServer server) {
        this.server = server;
    }

    /** An account with one role, limited to this machine. */
    void add(String name, String role, @Nullable String region, @Nullable String customer) throws IOException {
        add(name, role, region, customer, "127.0.0.0/8");
    }

    /** @param addresses empty for any */
    void add(String name, String role, @Nullable String region, @Nullable String customer, String addresses)
            throws IOException {
        JsonObject account = new JsonObject().put("name", name).put("label", "The " + name);
        if (!addresses.isEmpty()) {
            account.put("addresses", addresses);
        }
        passwords.put(name, server.command("accounts.add", account).getString("password"));
        String granted = server.sql("INSERT INTO person_grant (person, role, region, customer, granted_at, granted_by)"
                + " VALUES ('" + name + "', '" + role + "', " + quoted(region) + ", " + quoted(customer)
                + ", now(), 'test')");
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "NULL" : "'" + text + "'";
    }

    /** What a service answers to the operation that the body's element names, its prefix being {@code t}. */
    Answer call(String who, String service, String body) {
        Matcher operation = OPERATION.matcher(body);
        if (!operation.find()) {
            throw new AssertionError("no operation in " + body);
        }
        String space = service.replaceAll("^Remote|Service$", "").toLowerCase(Locale.ROOT);
        String basic =
                Base64.getEncoder().encodeToString((who + ":" + passwords.get(who)).getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = Web.send(server.browser("")
                .request("/services/v1/" + service)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", "\"urn:fairlead:integration:1:" + service + ":" + operation.group(1) + "\"")
                .POST(BodyPublishers.ofString("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                        + " xmlns:t=\"urn:fairlead:integration:1:" + space + "\"><s:Body>" + body
                        + "</s:Body></s:Envelope>")));
        return new Answer(
                answer.statusCode(),
                answer.body()
                        .replaceAll("(</?)[A-Za-z0-9]+:", "$1")
                        .replaceAll(" xmlns(:[A-Za-z0-9]+)?=\"[^\"]*\"", ""));
    }

    /** @param xml without prefixes and name spaces */
    record Answer(int status, String xml) {
        /** What the first element of a name holds; empty when there is none. */
        String first(String element) {
            Matcher found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
                    .matcher(xml);
            return found.find() ? found.group(1) : "";
        }
    }
}
