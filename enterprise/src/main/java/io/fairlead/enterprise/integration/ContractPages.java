package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.account.Call;
import io.fairlead.enterprise.kernel.Ids;
import io.fairlead.enterprise.login.Address;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** {@code ?wsdl} and {@code ?xsd=}, for whoever may call, or for anybody where the configuration says so. */
final class ContractPages {
    private final Map<PublishedService, ContractFiles> files = new HashMap<>();
    private final Admission admission;
    private final boolean toAnybody;
    private final FaultAnswers faults;
    private final Ids ids;

    /** @param published where callers find the listener, without a path */
    ContractPages(
            Collection<PublishedService> services,
            String published,
            Admission admission,
            boolean toAnybody,
            FaultAnswers faults,
            Ids ids) {
        services.forEach(one -> files.put(one, new ContractFiles(one.contract(), published)));
        this.admission = admission;
        this.toAnybody = toAnybody;
        this.faults = faults;
        this.ids = ids;
    }

    void handle(HttpServerRequest request, PublishedService service) {
        Address from = admission.address(request);
        String correlation = ids.next();
        may(request, from, new Call(service.contract().name(), "wsdl", correlation))
                .compose(may -> Objects.requireNonNull(files.get(service))
                        .file(request.query())
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new Refusal(Fault.NOT_FOUND, "no such file"))))
                .onComplete(
                        file -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "text/xml; charset=utf-8")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private")
                                .end(file),
                        refused -> faults.send(
                                request, from.text(), service.contract().name() + "?", correlation, refused));
    }

    private Future<Boolean> may(HttpServerRequest request, Address from, Call call) {
        if (toAnybody) {
            return Future.succeededFuture(true);
        }
        return Future.succeededFuture()
                .compose(now -> admission.reader(request, from, call))
                .map(true);
    }
}
