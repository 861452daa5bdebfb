package io.fairlead.enterprise.console;

import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.enterprise.allowlist.Published;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Lists as the page shows them, each written once for a publication: anybody may ask, again and again. For several threads. */
final class AllowlistPreviews {
    /** Characters of all that is kept, whatever is asked for. */
    private static final long MOST = 4_000_000;

    private final Clock clock;
    private volatile @Nullable Written written;

    private record Written(Published of, Instant at, Map<Asked, String> texts, AtomicLong size) {}

    private record Asked(AllowlistAddress choice, Portion portion) {}

    AllowlistPreviews(Clock clock) {
        this.clock = clock;
    }

    @SuppressWarnings("ReferenceEquality") // each publication is another, also when it says the same
    String text(Published published, Portion portion, AllowlistAddress choice) {
        Written known = written;
        if (known == null || known.of() != published) {
            known = new Written(published, clock.instant(), new ConcurrentHashMap<>(), new AtomicLong());
            written = known;
        }
        Asked asked = new Asked(choice, portion);
        String text = known.texts().get(asked);
        if (text == null) {
            text = choice.format()
                    .render(published.list(portion, choice.selection(), choice.sources(), choice.format(), known.at()));
            if (known.size().addAndGet(text.length()) > MOST) {
                known.texts().clear();
                known.size().set(text.length());
            }
            known.texts().put(asked, text);
        }
        return text;
    }
}
