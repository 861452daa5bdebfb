package io.fairlead.agent.site;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.remote.Service;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the services that remote sessions may use. */
final class SiteServices {
    static final int MOST = 20;

    private static final int LAST_PORT = 65_535;
    private static final String HERE = "127.0.0.1";

    private SiteServices() {}

    static List<Service> of(Settings root) {
        List<Service> all = new ArrayList<>();
        List<Settings> sections = root.sections("services");
        if (sections.size() > MOST) {
            root.refuse("services", "has more than " + MOST + " entries");
        }
        for (Settings each : sections) {
            Optional<String> name = SiteValues.required(each, "name", SiteValues::name);
            Optional<Service.Kind> kind = SiteValues.required(each, "kind", SiteServices::kind);
            if (!each.has("port")) {
                each.refuse("port", "is missing");
            }
            int port = each.number("port", 1, 1, LAST_PORT);
            Optional<ServerAddress> at = SiteValues.optional(each, "host", host -> new ServerAddress(host, port));
            Optional<Path> password = SiteValues.optional(each, "password-file", SiteValues::folder);
            if (password.isPresent() && kind.filter(Service.Kind.RAW::equals).isPresent()) {
                each.refuse("password-file", "is for kind = rfb only");
            }
            if (name.isPresent() && all.stream().anyMatch(one -> one.name().equals(name.get()))) {
                each.refuse("name", SiteValues.quoted(name.get()) + " is there twice");
            } else if (name.isPresent() && kind.isPresent()) {
                all.add(new Service(
                        name.get(), kind.get(), at.orElseGet(() -> new ServerAddress(HERE, port)), password));
            }
        }
        return all;
    }

    private static Service.Kind kind(String text) {
        return switch (text) {
            case "rfb" -> Service.Kind.RFB;
            case "raw" -> Service.Kind.RAW;
            case "terminal" ->
                throw new IllegalArgumentException("terminal is not possible with this version; use rfb or raw");
            default -> throw new IllegalArgumentException(SiteValues.quoted(text) + " is none of rfb, raw");
        };
    }
}
