package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.audit.AuditService;
import io.fairlead.contract.integration.audit.EntryCriteria;
import io.fairlead.contract.integration.audit.Export;
import io.fairlead.contract.integration.audit.ExportResponse;
import io.fairlead.contract.integration.audit.Find;
import io.fairlead.contract.integration.audit.FindResponse;
import io.fairlead.contract.integration.audit.FindVerification;
import io.fairlead.contract.integration.audit.FindVerificationResponse;
import io.fairlead.contract.integration.audit.Verify;
import io.fairlead.contract.integration.audit.VerifyResponse;
import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditFormat;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import java.util.Objects;

/** AuditService: what was done, handed out and proved. */
public final class AuditOperations implements IntegrationService {
    private static final int USUAL_PAGE = 100;

    private final DeviceRecords records;
    private final Audit audit;
    private final AuditExport export;
    private final Verifier verifier;

    public AuditOperations(DeviceRecords records, Audit audit, AuditExport export, Verifier verifier) {
        this.records = records;
        this.audit = audit;
        this.export = export;
        this.verifier = verifier;
    }

    @Override
    public Class<AuditService> contract() {
        return AuditService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Find.class, this::find);
        operations.answer(Export.class, this::export);
        operations.answer(Verify.class, this::verify);
        operations.answer(FindVerification.class, this::verification);
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        EntryCriteria wanted = request.getCriteria();
        int size = Objects.requireNonNullElse(wanted.getPageSize(), USUAL_PAGE);
        AuditFilter filter = AuditWords.filter(wanted);
        long after = AuditWords.cursor(wanted.getAfter());
        return records.list(caller.actor(), after == 0 ? filter : filter.before(after), size + 1)
                .map(rows -> {
                    FindResponse response = new FindResponse();
                    response.setPage(AuditWords.page(rows, size));
                    return response;
                });
    }

    /** Each part is noted, for whoever begins behind the first one takes as much away. */
    private Future<ExportResponse> export(Caller caller, Export request) {
        EntryCriteria wanted = request.getCriteria();
        AuditFormat format = AuditFormat.of(request.getFormat().value()).orElseThrow();
        AuditFilter filter = AuditWords.filter(wanted);
        long after = AuditWords.cursor(wanted.getAfter());
        int size = Objects.requireNonNullElse(wanted.getPageSize(), AuditExport.PAGE);
        return records.mayReadAll(caller.actor())
                .compose(may -> audit.record(new AuditEntry(
                        caller.actor().audited(),
                        AuditCode.AUDIT_EXPORTED,
                        "",
                        "format=" + format.word() + " after=" + after + " most=" + size + " filter="
                                + AuditWords.words(wanted))))
                .compose(noted -> export.page(filter, after, size))
                .map(rows -> {
                    ExportResponse response = new ExportResponse();
                    response.setPart(AuditWords.part(rows, format, after == 0, size));
                    return response;
                });
    }

    private Future<VerifyResponse> verify(Caller caller, Verify request) {
        return records.mayReadAll(caller.actor())
                .compose(may -> verifier.begin(caller.actor().audited(), AuditWords.witnesses(request.getWitness())))
                .map(fault -> {
                    if (fault.isPresent()) {
                        throw new Refusal(Fault.INVALID, fault.get());
                    }
                    VerifyResponse response = new VerifyResponse();
                    response.setVerification(
                            AuditWords.verification(verifier.last().orElseThrow()));
                    return response;
                });
    }

    private Future<FindVerificationResponse> verification(Caller caller, FindVerification request) {
        return records.mayReadAll(caller.actor()).map(may -> {
            Verifier.Run last =
                    verifier.last().orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "nothing was verified yet"));
            FindVerificationResponse response = new FindVerificationResponse();
            response.setVerification(AuditWords.verification(last));
            return response;
        });
    }
}
