package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Audit;
import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditEntry;
import io.fairlead.enterprise.audit.AuditExport;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditFormat;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.audit.Seals;
import io.fairlead.enterprise.audit.SignedCheckpoint;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.audit.WitnessFile;
import io.fairlead.enterprise.browser.Access;
import io.fairlead.enterprise.browser.Answer;
import io.fairlead.enterprise.browser.Doors;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.browser.LocalPath;
import io.fairlead.enterprise.browser.MenuItem;
import io.fairlead.enterprise.browser.Pages;
import io.fairlead.enterprise.browser.Toast;
import io.fairlead.enterprise.browser.Visit;
import io.fairlead.enterprise.fleet.DeviceRecords;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.Scope;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The whole audit, for who may read it: found, taken away, and proved. */
public final class AuditPages implements Pages {
    /** How long a row may wait for its seal before the page warns. */
    static final Duration SOON = Duration.ofMinutes(1);

    private static final Access SEE = new Access("see-audit", false, may -> may.may(Action.SEE_AUDIT, Scope.PLATFORM));
    private static final int SHOWN = 100;
    private static final int LONGEST_WITNESS = 60_000;

    private final Audit audit;
    private final AuditExport export;
    private final DeviceRecords records;
    private final Seals seals;
    private final Verifier verifier;
    private final Clock clock;

    public AuditPages(
            Audit audit, AuditExport export, DeviceRecords records, Seals seals, Verifier verifier, Clock clock) {
        this.audit = audit;
        this.export = export;
        this.records = records;
        this.seals = seals;
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public void mount(Doors doors) {
        doors.menu(new MenuItem("Audit", "/audit", "chain", "t", SEE));
        doors.get("/audit", SEE, visit -> page(visit, Form.blank()));
        doors.get("/audit.csv", SEE, visit -> file(visit, AuditFormat.CSV, "csv"));
        doors.get("/audit.json", SEE, visit -> file(visit, AuditFormat.JSON, "json"));
        doors.get("/audit.log", SEE, visit -> file(visit, AuditFormat.SYSLOG, "log"));
        doors.get("/audit.witness", SEE, this::witness);
        doors.get("/audit/verification", SEE, this::verification);
        doors.post(AuditAddress.VERIFY, SEE, this::verify);
    }

    private Future<Answer> page(Visit visit, Form verify) {
        Form query = visit.query();
        AuditFilter filter = AuditAddress.read(query);
        Future<List<AuditRow>> rows =
                query.ok() ? records.list(visit.actor(), filter, SHOWN + 1) : Future.succeededFuture(List.of());
        // The newest of those that should be sealed by now.
        Future<List<AuditRow>> due =
                audit.list(AuditFilter.all().to(clock.instant().minus(SOON)), 1);
        return Future.all(rows, due, seals.read()).map(all -> {
            List<AuditRow> found = rows.result();
            AuditView view = new AuditView(
                    query,
                    found.subList(0, Math.min(SHOWN, found.size())),
                    found.size() > SHOWN,
                    seals.newest().map(SignedCheckpoint::checkpoint),
                    due.result().stream().anyMatch(row -> !row.sealed()),
                    clock.instant(),
                    verify,
                    verifier.last());
            return query.ok() && verify.ok()
                    ? Answer.show("console/audit.jte", view)
                    : Answer.mend("console/audit.jte", view);
        });
    }

    private Future<Answer> file(Visit visit, AuditFormat format, String ending) {
        AuditFilter filter = AuditAddress.read(visit.query());
        if (!visit.query().ok()) {
            return page(visit, Form.blank());
        }
        String asked = AuditAddress.words(visit.query());
        return records.mayReadAll(visit.actor())
                .compose(may -> audit.record(new AuditEntry(
                        visit.actor().audited(),
                        AuditCode.AUDIT_EXPORTED,
                        "",
                        "format=" + format.word() + " filter=" + asked)))
                .map(noted -> Answer.file(
                        "attachment; filename=\"audit-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + "."
                                + ending + "\"",
                        format.mediaType(),
                        -1,
                        sink -> export.write(filter, format, sink).mapEmpty()));
    }

    private Future<Answer> witness(Visit visit) {
        return records.mayReadAll(visit.actor())
                .compose(may -> seals.read())
                .map(read -> seals.newest()
                        .map(newest -> {
                            Buffer line = Buffer.buffer(WitnessFile.line(newest) + "\n");
                            return Answer.file(
                                    "attachment; filename=\"audit-"
                                            + newest.checkpoint().number() + ".witness\"",
                                    "application/x-ndjson",
                                    line.length(),
                                    sink -> sink.apply(line));
                        })
                        .orElseGet(() -> Answer.go("/audit").saying(Toast.fault("Nothing is sealed yet."))));
    }

    private Future<Answer> verification(Visit visit) {
        return records.mayReadAll(visit.actor())
                .map(may -> Answer.show("console/auditVerification.jte", new AuditVerdict(verifier.last())));
    }

    private Future<Answer> verify(Visit visit) {
        Form form = visit.form();
        List<SignedCheckpoint> witnesses = witnesses(form);
        if (!form.ok()) {
            return page(visit, form);
        }
        return records.mayReadAll(visit.actor())
                .compose(may -> verifier.begin(visit.actor().audited(), witnesses))
                .compose(fault -> {
                    if (fault.isEmpty()) {
                        return Future.succeededFuture(Answer.go(list(visit)));
                    }
                    form.fault("witness", "This witness cannot be used: " + fault.get() + ".");
                    return page(visit, form);
                })
                .recover(failure -> failure instanceof Refusal refusal && refusal.fault() == Fault.CONFLICT
                        ? Future.succeededFuture(
                                Answer.go(list(visit)).saying(Toast.fault("A verification is running; wait for it.")))
                        : Future.failedFuture(failure));
    }

    /** The list as it was filtered when the form was sent. */
    private static String list(Visit visit) {
        return LocalPath.orElse(
                AuditAddress.of(AuditAddress.PATH, visit.query(), visit.query().value("before")), AuditAddress.PATH);
    }

    private static List<SignedCheckpoint> witnesses(Form form) {
        String text = form.lines("witness", 0, LONGEST_WITNESS);
        if (text.isEmpty() || !form.ok()) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
            return WitnessFile.read(lines);
        } catch (IOException none) {
            form.fault("witness", "This is no witness file: " + none.getMessage() + ".");
            return List.of();
        }
    }
}
