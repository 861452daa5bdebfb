package io.fairlead.enterprise.console;

import io.fairlead.enterprise.account.AccountRegister;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.guide.Contracts;
import io.fairlead.enterprise.guide.OperationGuide;
import io.fairlead.enterprise.guide.ServiceGuide;
import io.fairlead.enterprise.guide.SoapVersion;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.PersonFilter;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * For those who build another system: what is served where, the contracts, the accounts, and a form in which a request is tried.
 * What is tried goes from the browser to the service itself, by the account's password; nothing of it comes to these pages.
 */
public final class IntegrationPages implements Pages {
    private static final Access SEE = Access.to(Action.SEE_PEOPLE);

    private final Optional<Contracts> contracts;
    private final AccountRegister accounts;
    private final Clock clock;

    /** @param contracts empty where the services are switched off */
    public IntegrationPages(Optional<Contracts> contracts, AccountRegister accounts, Clock clock) {
        this.contracts = contracts;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Integration", "/integration", "plug", "i", SEE));
        doors.get("/integration", SEE, this::overview);
        doors.get("/integration/contract", SEE, this::contract);
        doors.get(
                "/integration/try",
                SEE,
                visit -> services().map(all -> Answer.show("console/integrationTry.jte", all)));
        doors.get("/integration/sample", SEE, this::sample);
    }

    private Future<List<ServiceGuide>> services() {
        return contracts.map(Contracts::services).orElseGet(() -> Future.succeededFuture(List.of()));
    }

    private Future<Answer> overview(Visit visit) {
        Form query = visit.query();
        String search = query.value("q").replaceAll("\\p{Cntrl}", " ").strip();
        String after = query.value("after").replaceAll("\\p{Cntrl}", "");
        String cut = search.substring(0, Math.min(128, search.length()));
        PersonFilter filter = new PersonFilter(cut, after.isEmpty() ? null : after, IntegrationView.SIZE + 1);
        return accounts.list(visit.actor(), filter)
                .compose(found -> services().map(all -> {
                    boolean more = found.size() > IntegrationView.SIZE;
                    return Answer.show(
                            "console/integration.jte",
                            new IntegrationView(
                                    all,
                                    contracts.map(Contracts::published).orElse(""),
                                    contracts.map(Contracts::certified).orElse(""),
                                    contracts.map(Contracts::shown).orElse(false),
                                    more ? found.subList(0, IntegrationView.SIZE) : found,
                                    cut,
                                    more,
                                    clock.instant()));
                }));
    }

    /** WSDL and schemas as they import each other by name, so that a generator finds all of it in one folder. */
    private Future<Answer> contract(Visit visit) {
        return service(visit).map(service -> {
            byte[] zip =
                    zip(service.files(), contracts.map(Contracts::published).orElse(""));
            return Answer.file(
                    "attachment; filename=\"" + service.name() + ".zip\"",
                    "application/zip",
                    zip.length,
                    sink -> sink.apply(Buffer.buffer(zip)));
        });
    }

    private static byte[] zip(Map<String, String> files, String published) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(ServiceGuide.at(file.getValue(), published).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Future<ServiceGuide> service(Visit visit) {
        String name = visit.query().value("service");
        return services()
                .map(all -> all.stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "there is no such service")));
    }

    private Future<Answer> sample(Visit visit) {
        Form query = visit.query();
        SoapVersion version = query.value("soap").equals("1.2") ? SoapVersion.SOAP12 : SoapVersion.SOAP11;
        return service(visit).map(service -> {
            OperationGuide operation = service.operation(query.value("operation"))
                    .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "there is no such operation"));
            OperationGuide.Sample sample = operation.sample(version);
            return Answer.data(new JsonObject()
                    .put("purpose", operation.purpose())
                    .put("path", sample.path())
                    .put("type", sample.type())
                    .put("soapAction", sample.soapAction())
                    .put("envelope", sample.envelope())
                    .put(
                            "curl",
                            operation.curl(
                                    version, contracts.map(Contracts::published).orElse(""), "ACCOUNT")));
        });
    }
}
