package io.fairlead.agent.companion;

import io.fairlead.agent.consent.Asked;
import io.fairlead.agent.consent.OpenSession;
import io.fairlead.agent.consent.Watched;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The windows: one question at a time, the oldest first, and a banner for each session that is allowed. The thread of the
 * windows' own.
 */
final class Screen {
    private final Errands errands;
    private final Clock clock;
    private final Map<String, Banner> banners = new LinkedHashMap<>();
    private @Nullable Prompt prompt;

    Screen(Errands errands, Clock clock) {
        this.errands = errands;
        this.clock = clock;
    }

    void show(Watched now) {
        ask(now);
        tell(now.sessions());
    }

    private void ask(Watched now) {
        Prompt shown = prompt;
        if (shown != null
                && now.questions().stream().noneMatch(asked -> asked.id().equals(shown.id()))) {
            shown.end();
            prompt = null;
        }
        if (prompt != null) {
            prompt.mayAccept(now.accepts());
        } else if (!now.questions().isEmpty()) {
            Asked oldest = now.questions().get(0);
            prompt = new Prompt(oldest, now.accepts(), errands, clock);
            prompt.show();
        }
    }

    private void tell(List<OpenSession> sessions) {
        Set<String> gone = new HashSet<>(banners.keySet());
        for (OpenSession each : sessions) {
            if (each.until().isPresent()) {
                Banner banner = banners.get(each.id());
                if (banner == null) {
                    banner = new Banner(each, banners.size(), errands, clock);
                    banners.put(each.id(), banner);
                    banner.show();
                } else {
                    banner.update(each);
                }
                gone.remove(each.id());
            }
        }
        for (String id : gone) {
            Banner over = banners.remove(id);
            if (over != null) {
                over.close();
            }
        }
    }

    /** No agent answers: no question counts, and no session is open. */
    void clear() {
        if (prompt != null) {
            prompt.close();
            prompt = null;
        }
        banners.values().forEach(Banner::close);
        banners.clear();
    }
}
