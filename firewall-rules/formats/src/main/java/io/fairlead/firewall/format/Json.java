package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import java.util.Optional;

/** A {@link JsonList} without expiry and predecessor: those belong to published lists only. */
final class Json implements Format {
    @Override
    public String key() {
        return "json";
    }

    @Override
    public String title() {
        return "JSON, for programs";
    }

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public String fileName() {
        return "fairlead-allowlist.json";
    }

    @Override
    public String render(Allowlist list) {
        return new JsonList(
                        list.title(),
                        list.version(),
                        list.issued(),
                        Optional.empty(),
                        Optional.empty(),
                        list.sources(),
                        list.rows())
                .text();
    }
}
