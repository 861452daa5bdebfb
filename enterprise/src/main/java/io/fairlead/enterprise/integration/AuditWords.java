package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.audit.Entry;
import io.fairlead.contract.integration.audit.EntryCriteria;
import io.fairlead.contract.integration.audit.EntryList;
import io.fairlead.contract.integration.audit.EntryPage;
import io.fairlead.contract.integration.audit.ExportPart;
import io.fairlead.contract.integration.audit.Finding;
import io.fairlead.contract.integration.audit.FindingKind;
import io.fairlead.contract.integration.audit.FindingList;
import io.fairlead.contract.integration.audit.Verification;
import io.fairlead.contract.integration.audit.VerificationState;
import io.fairlead.enterprise.audit.AuditFilter;
import io.fairlead.enterprise.audit.AuditFormat;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.audit.ExportRow;
import io.fairlead.enterprise.audit.SignedCheckpoint;
import io.fairlead.enterprise.audit.Verified;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.audit.WitnessFile;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.statements.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract's words for the audit, and ours. A cursor is the id of the last entry of a page. */
final class AuditWords {
    private static final int LONGEST_TEXT = 1_024;

    private AuditWords() {}

    static AuditFilter filter(EntryCriteria wanted) {
        return new AuditFilter(
                Optional.ofNullable(Moments.bound(wanted.getFrom())),
                Optional.ofNullable(Moments.bound(wanted.getTo())),
                Optional.ofNullable(wanted.getActor()),
                Set.copyOf(wanted.getCode()),
                wanted.getDevice().isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(wanted.getDevice())),
                Optional.ofNullable(wanted.getText()),
                Optional.empty());
    }

    /** What was asked, for the audit itself. */
    static String words(EntryCriteria wanted) {
        return "from=" + wanted.getFrom() + ",to=" + wanted.getTo() + ",actor=" + wanted.getActor() + ",code="
                + wanted.getCode() + ",device=" + wanted.getDevice() + ",text=" + wanted.getText();
    }

    /** 0 for the beginning; Refusal(INVALID) for what no page has answered. */
    static long cursor(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        if (!after.matches("[1-9][0-9]{0,17}")) {
            throw new Refusal(Fault.INVALID, "a cursor that no page has answered");
        }
        return Long.parseLong(after);
    }

    /** @param rows one more than the page has, when another follows */
    static EntryPage page(List<AuditRow> rows, int size) {
        EntryList list = new EntryList();
        rows.stream().limit(size).forEach(row -> list.getEntry().add(entry(row)));
        EntryPage page = new EntryPage();
        page.setEntries(list);
        page.setNext(rows.size() > size ? Long.toString(rows.get(size - 1).id()) : null);
        return page;
    }

    private static Entry entry(AuditRow row) {
        Entry entry = new Entry();
        entry.setId(row.id());
        entry.setAt(row.at());
        entry.setActor(XmlText.of(row.actor()));
        entry.setCode(row.code());
        entry.setSubject(XmlText.of(row.subject()));
        entry.setDetail(XmlText.of(row.detail()));
        entry.setNumber(row.number().orElse(null));
        return entry;
    }

    /** @param size of a full part; one that is shorter is the last */
    static ExportPart part(List<ExportRow> rows, AuditFormat format, boolean first, int size) {
        StringBuilder lines = new StringBuilder(rows.size() * 300);
        if (first) {
            format.head().ifPresent(head -> lines.append(head).append(format.lineEnd()));
        }
        rows.forEach(row -> lines.append(format.line(row)).append(format.lineEnd()));
        ExportPart part = new ExportPart();
        part.setContent(lines.toString().getBytes(StandardCharsets.UTF_8));
        part.setEntryCount(rows.size());
        part.setNext(
                rows.size() < size
                        ? null
                        : Long.toString(rows.get(size - 1).row().id()));
        return part;
    }

    /** Of a witness file; Refusal(INVALID) when it is none. */
    static List<SignedCheckpoint> witnesses(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
            return WitnessFile.read(lines);
        } catch (IOException none) {
            throw new Refusal(Fault.INVALID, "no witness file: " + none.getMessage(), none);
        }
    }

    static Verification verification(Verifier.Run run) {
        Verification verification = new Verification();
        verification.setBy(run.actor());
        verification.setBegunAt(run.begun());
        verification.setWitnessCount(run.given());
        verification.setState(VerificationState.RUNNING);
        verification.setFindings(new FindingList());
        run.ended().ifPresent(ended -> {
            verification.setEndedAt(ended.at());
            verification.setState(VerificationState.FAILED);
            ended.verified().ifPresent(verified -> result(verification, verified));
        });
        return verification;
    }

    private static void result(Verification verification, Verified verified) {
        verification.setState(verified.clean() ? VerificationState.CLEAN : VerificationState.WRONG);
        verification.setRows(verified.rows());
        verification.setProvedTo(verified.proved().map(Checkpoint::number).orElse(null));
        verification.setUnsealed(verified.unsealed());
        verification.setBackdated(verified.backdated());
        verification.setFindingCount(verified.wrong());
        for (io.fairlead.enterprise.audit.Finding one : verified.findings()) {
            Finding finding = new Finding();
            finding.setKind(FindingKind.fromValue(one.kind().word()));
            finding.setFrom(one.from());
            finding.setTo(one.to());
            finding.setText(XmlText.of(one.text(), LONGEST_TEXT));
            verification.getFindings().getFinding().add(finding);
        }
    }
}
