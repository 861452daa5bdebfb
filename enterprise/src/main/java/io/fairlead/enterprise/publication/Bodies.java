package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.enterprise.allowlist.Published;
import io.fairlead.firewall.Allowlist;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What is answered of one publication: each answer is made once. For several threads. Dates come into effect within the ten
 * minutes after which names are resolved again and a publication follows.
 */
final class Bodies {
    private static final long MOST_BYTES = 8 << 20;
    private static final String JSON = "application/json";

    private final Published published;
    private final Instant at;
    private final Map<Object, Body> made = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    Bodies(Published published, Instant at) {
        this.published = published;
        this.at = at;
    }

    @SuppressWarnings("ReferenceEquality") // each publication is another, also when it says the same
    boolean areOf(Published other) {
        return published == other;
    }

    Body list(Asked asked) {
        return once(asked, () -> asked.isSigned() ? signed() : rendered(asked));
    }

    private Body signed() {
        return Body.of(published.newest().document(), JSON, "fairlead-allowlist.json");
    }

    private Body rendered(Asked asked) {
        Allowlist list = published.list(asked.portion(), asked.selection(), asked.sources(), asked.format(), at);
        return Body.of(
                asked.format().render(list),
                asked.format().mediaType(),
                asked.format().fileName());
    }

    Body version() {
        return once("version", () -> {
            Edition newest = published.newest();
            JsonObject version = new JsonObject()
                    .put("version", newest.list().version().value())
                    .put("issued", newest.list().issued().toString())
                    .put("expires", newest.expires().toString())
                    .put("sha256", newest.digest());
            newest.list().previous().ifPresent(digest -> version.put("previous", digest));
            return Body.of(version.encodePrettily() + "\n", JSON, "fairlead-allowlist-version.json");
        });
    }

    /**
     * @param portion the part of the list that it is about
     * @param since the version that somebody has
     * @throws Problem when it is not known any more, or never was
     */
    Body changes(Portion portion, long since) {
        return once(List.of("changes", since, portion), () -> Changes.json(published.editions(), portion, since));
    }

    Body feed(Portion portion, String url) {
        return once(List.of("feed", portion), () -> Feed.of(published.editions(), portion, url));
    }

    private Body once(Object what, Supplier<Body> make) {
        Body known = made.get(what);
        if (known != null) {
            return known;
        }
        Body body = make.get();
        // Anybody may ask for lists that differ in a source only.
        if (bytes.addAndGet(body.bytes().length()) > MOST_BYTES) {
            made.clear();
            bytes.set(body.bytes().length());
        }
        made.put(what, body);
        return body;
    }
}
