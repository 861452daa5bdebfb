package io.fairlead.agent.app;

import io.fairlead.agent.consent.CarriedFiles;
import io.fairlead.agent.consent.Person;
import io.fairlead.agent.consent.Taken;
import io.fairlead.agent.consent.Underway;
import io.fairlead.agent.file.Progress;
import io.fairlead.agent.file.Transfers;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.LocalAuditCode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Transfers as the person at the instrument has them at hand. The enterprise hears that somebody stopped one, not who. */
record TransfersAtHand(Transfers transfers, LocalAudit audit) implements CarriedFiles {
    private static final String SOMEBODY = "a person at the instrument";

    @Override
    public List<Underway> underway() {
        return transfers.progress().stream().map(TransfersAtHand::seen).toList();
    }

    private static Underway seen(Progress one) {
        return new Underway(
                one.id(),
                one.way().word(),
                one.name(),
                one.state(),
                one.done(),
                one.size(),
                one.rate(),
                one.left().map(Duration::toSeconds).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    @Override
    public Taken stop(String id, Person who) {
        List<Progress> found = transfers.progress().stream()
                .filter(one -> !id.isEmpty() && one.id().startsWith(id))
                .toList();
        if (found.size() > 1) {
            return new Taken(false, "Several transfers begin so: give more of the ID.");
        }
        if (found.isEmpty() || !transfers.cancel(found.get(0).id(), SOMEBODY)) {
            return new Taken(false, "There is no such transfer on its way.");
        }
        Progress one = found.get(0);
        audit.record(LocalAuditCode.TRANSFER_STOPPED, "id", one.id(), "file", one.name(), "account", who.name());
        return new Taken(true, "Stopped: " + one.way().word() + " " + one.name() + ".");
    }
}
