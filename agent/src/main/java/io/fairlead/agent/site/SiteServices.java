package io.fairlead.agent.site;

import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.remote.Service;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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
            if (name.isPresent() && all.stream().anyMatch(one -> one.name().equals(name.get()))) {
                each.refuse("name", SiteValues.quoted(name.get()) + " is there twice");
            } else if (name.isPresent() && kind.isPresent()) {
                service(each, name.get(), kind.get()).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<Service> service(Settings each, String name, Service.Kind kind) {
        if (kind == Service.Kind.TERMINAL) {
            return SiteTerminals.of(each, name);
        }
        ServerAddress at = at(each, OptionalInt.empty());
        Optional<Path> password = SiteValues.optional(each, "password-file", SiteValues::folder);
        if (password.isPresent() && kind == Service.Kind.RAW) {
            each.refuse("password-file", "is not for kind = raw");
        }
        return Optional.of(new Service(name, kind, at, password));
    }

    /** Where it listens. */
    static ServerAddress at(Settings each, OptionalInt usual) {
        if (usual.isEmpty() && !each.has("port")) {
            each.refuse("port", "is missing");
        }
        int port = each.number("port", usual.orElse(1), 1, LAST_PORT);
        return SiteValues.optional(each, "host", host -> new ServerAddress(host, port))
                .orElseGet(() -> new ServerAddress(HERE, port));
    }

    private static Service.Kind kind(String text) {
        return switch (text) {
            case "rfb" -> Service.Kind.RFB;
            case "raw" -> Service.Kind.RAW;
            case "terminal" -> Service.Kind.TERMINAL;
            default -> throw new IllegalArgumentException(SiteValues.quoted(text) + " is none of rfb, terminal, raw");
        };
    }
}
