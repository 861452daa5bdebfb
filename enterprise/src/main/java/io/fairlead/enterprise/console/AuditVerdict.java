package io.fairlead.enterprise.console;

import io.fairlead.enterprise.audit.Finding;
import io.fairlead.enterprise.audit.Verified;
import io.fairlead.enterprise.audit.Verifier;
import java.util.List;
import java.util.Optional;

/** How the last verification ended, or that one runs. */
public record AuditVerdict(Optional<Verifier.Run> last) {
    private static final int SHOWN = 20;

    public boolean runs() {
        return last.isPresent() && last.get().ended().isEmpty();
    }

    /** Who wanted it. */
    public String who(Verifier.Run run) {
        return Shown.who(run.actor());
    }

    public List<Finding> findings(Verified verified) {
        return verified.findings()
                .subList(0, Math.min(SHOWN, verified.findings().size()));
    }

    /** Whose text names rows as they are in the database now. */
    public String text(Finding finding) {
        return text(finding.text());
    }

    public String text(String note) {
        return Shown.text(note);
    }

    /** How long the longest may take. */
    public String limit() {
        return Shown.span(Verifier.LONGEST);
    }
}
