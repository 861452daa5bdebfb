package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Accounts;
import io.fairlead.enterprise.account.CertifiedAccounts;
import io.fairlead.enterprise.account.FailedCalls;
import io.fairlead.enterprise.cxf.EnvelopeReaders;
import io.fairlead.enterprise.cxf.SoapEngine;
import io.fairlead.enterprise.kernel.Blocking;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.kernel.LoggedRefusals;
import io.fairlead.enterprise.kernel.Timers;
import io.fairlead.enterprise.login.Proxies;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the services are. Cookies are not looked at, so nothing here can be done by a browser's session. */
public final class IntegrationLane implements AutoCloseable {
    private final Map<String, PublishedService> services = new LinkedHashMap<>();
    private final SoapEngine engine;
    private final Entrance byPassword;
    private final Optional<Entrance> byCertificate;
    private final Blocking workers;

    /** @param services each of which answers all that its contract has, or this throws */
    public IntegrationLane(
            List<IntegrationService> services,
            Accounts accounts,
            CertifiedAccounts certified,
            FailedCalls failed,
            RefusedDeeds refusals,
            Proxies proxies,
            IntegrationSettings settings,
            Blocking blocking,
            Timers timers,
            Clock clock,
            Ids ids,
            MeterRegistry metrics) {
        EnvelopeReaders readers = new EnvelopeReaders();
        this.engine = new SoapEngine(readers);
        for (IntegrationService service : services) {
            PublishedService one = new PublishedService(service, engine);
            this.services.put(one.contract().name(), one);
        }
        SecurityHeader security = new SecurityHeader(readers, clock);
        Bodies bodies = new Bodies(timers);
        Places places = new Places();
        LoggedRefusals logged = new LoggedRefusals(clock);
        this.workers = blocking.ofThreads("soap", Places.MOST_CALLS);
        CallMeters meters = new CallMeters(metrics);
        Admission passwords = new PasswordAdmission(accounts, proxies, security, bodies, places);
        FaultAnswers faults = new FaultAnswers(logged, true, timers);
        this.byPassword = new Entrance(
                this.services,
                new Gate(passwords, failed, places, workers, faults, meters, ids, refusals),
                new ContractPages(
                        this.services.values(), settings.published(), passwords, settings.wsdlPublic(), faults, ids));
        this.byCertificate = settings.certificates().map(listener -> {
            Admission admission = new CertificateAdmission(certified, proxies, security, bodies, places);
            FaultAnswers answers = new FaultAnswers(logged, false, timers);
            return new Entrance(
                    this.services,
                    new Gate(admission, failed, places, workers, answers, meters, ids, refusals),
                    new ContractPages(
                            this.services.values(),
                            listener.published(),
                            admission,
                            settings.wsdlPublic(),
                            answers,
                            ids));
        });
    }

    /**
     * Makes what the first call of each service would make, one after the other: seconds of a processor in all, on a worker
     * thread. A call that comes before waits for its own service, and for the one that is being made.
     */
    public Future<Void> warm() {
        Future<Void> made = Future.succeededFuture();
        for (PublishedService service : services.values()) {
            made = made.compose(before -> workers.call(service::publish));
        }
        return made;
    }

    /** Adds the services to the people's router, before the console's doors: by name and password. */
    public void mount(Router router) {
        byPassword.mount(router);
    }

    /** Adds them to the router of a listener that asks for client certificates; nothing where the settings know of none. */
    public void mountCertified(Router router) {
        byCertificate.ifPresent(entrance -> entrance.mount(router));
    }

    /** What is answered, by the names of the contract. */
    public List<String> services() {
        return List.copyOf(services.keySet());
    }

    /** What was called goes on; nothing more is taken. */
    @Override
    public void close() {
        engine.close();
    }
}
