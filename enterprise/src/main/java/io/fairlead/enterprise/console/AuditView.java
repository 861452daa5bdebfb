package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.AuditCode;
import io.fairlead.enterprise.audit.AuditRow;
import io.fairlead.enterprise.audit.Verifier;
import io.fairlead.enterprise.browser.Form;
import io.fairlead.statements.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit, the newest first, and how far it is sealed.
 *
 * @param query as it stands in the address
 * @param late whether a row waits for its seal for longer than it should
 * @param verify the form that asks for a verification
 */
public record AuditView(
        Form query,
        List<AuditRow> rows,
        boolean more,
        Optional<Checkpoint> newest,
        boolean late,
        Instant now,
        Form verify,
        Optional<Verifier.Run> last) {
    public String sentence(AuditRow row) {
        return DeedWords.sentence(row.code());
    }

    public String who(AuditRow row) {
        return Shown.who(row.actor());
    }

    /** All that was done by him. */
    public String byHim(AuditRow row) {
        return AuditAddress.only("who", row.actor());
    }

    /** All that was done to it. */
    public String toIt(AuditRow row) {
        return AuditAddress.only("subject", row.subject());
    }

    /** How long ago the newest checkpoint was made. */
    public String age(Checkpoint checkpoint) {
        Duration age = Duration.between(checkpoint.at(), now);
        return Shown.span(age.isNegative() ? Duration.ZERO : age);
    }

    /** Codes by what they are called, after "Anything". */
    public Map<String, String> codes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("", "Anything");
        Arrays.stream(AuditCode.values()).map(AuditCode::code).sorted().forEach(code -> codes.put(code, code));
        return codes;
    }

    public boolean isFiltered() {
        return AuditAddress.isFiltered(query);
    }

    public boolean isOlder() {
        return !query.value("before").isEmpty();
    }

    public String newestAddress() {
        return AuditAddress.of(AuditAddress.PATH, query, "");
    }

    public String older() {
        return AuditAddress.of(
                AuditAddress.PATH,
                query,
                Long.toString(rows.get(rows.size() - 1).id()));
    }

    /** Where a verification is asked for; the list stays as it is. */
    public String verifyAddress() {
        return AuditAddress.of(AuditAddress.VERIFY, query, query.value("before"));
    }

    /** A file of what is asked for: all of it, not only this page. */
    public String file(String ending) {
        return AuditAddress.of(AuditAddress.PATH + "." + ending, query, "");
    }

    public AuditVerdict verdict() {
        return new AuditVerdict(last);
    }
}
