package io.fairlead.agent.site;

import io.fairlead.agent.consent.Answer;
import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.consent.Question;
import io.fairlead.agent.file.SiteWord;
import io.fairlead.agent.file.Transfer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The customer's word on transfers: the policy of {@code site.conf} as it is now, and the person at the instrument. */
public record SiteTransfers(SiteGate gate, Asking asking) implements SiteWord {
    private static SiteAction action(Transfer.Way way) {
        return switch (way) {
            case UPLOAD -> SiteAction.UPLOAD;
            case RECEIVE -> SiteAction.RECEIVE;
            case PACKAGE -> SiteAction.PACKAGE;
        };
    }

    @Override
    public Word word(Transfer.Way way, String root) {
        SiteAction action = action(way);
        Optional<String> refusal = root.isEmpty() ? gate.refusal(action) : gate.refusal(action, Path.of(root));
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        return gate.asks(action) ? new Ask() : new Allowed();
    }

    @Override
    public Optional<String> askable() {
        return asking.unavailable();
    }

    @Override
    public Optional<String> ask(Transfer transfer, boolean patient) {
        SiteAction action = action(transfer.way());
        OptionalLong bytes = transfer.size() > 0 ? OptionalLong.of(transfer.size()) : OptionalLong.empty();
        try {
            Answer answer = asking.ask(
                    new Question(action.word(), transfer.by(), transfer.reason(), what(transfer, patient), bytes));
            return answer.approved() ? Optional.empty() : Optional.of(answer.outward());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the agent ends");
        }
    }

    private static String what(Transfer transfer, boolean patient) {
        if (transfer.way() == Transfer.Way.PACKAGE) {
            return "send logs, system status and this site's configuration without secrets, in one package";
        }
        Path file = Path.of(transfer.root()).resolve(transfer.path());
        if (transfer.way() == Transfer.Way.RECEIVE) {
            return "place a file as " + file;
        }
        return "send " + file + " to the enterprise"
                + (patient ? "; site.conf marks it as possibly holding patient data" : "");
    }
}
