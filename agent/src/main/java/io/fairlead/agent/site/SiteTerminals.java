package io.fairlead.agent.site;

import io.fairlead.agent.remote.Service;
import io.fairlead.agent.terminal.SshHostKey;
import io.fairlead.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads where terminals of remote sessions end: at a program, or at a log-in by SSH. */
final class SiteTerminals {
    private static final int SSH_PORT = 22;

    private SiteTerminals() {}

    static Optional<Service> of(Settings each, String name) {
        List<String> command = each.texts("command");
        if (each.has("command") == each.has("user")) {
            each.refuse("command", "or user is wanted, one of them: a program on this PC, or a log-in by SSH");
            return Optional.empty();
        }
        return each.has("command") ? shell(each, name, command) : login(each, name);
    }

    private static Optional<Service> shell(Settings each, String name, List<String> command) {
        for (String key : List.of("host", "port", "host-key", "key-file", "password-file")) {
            if (each.has(key)) {
                each.refuse(key, "is for a log-in by SSH (user = ...)");
            }
        }
        if (command.isEmpty() || command.get(0).isBlank()) {
            each.refuse("command", "is missing: a list of the program and its arguments");
            return Optional.empty();
        }
        return Optional.of(new Service(
                name,
                Service.Kind.TERMINAL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Service.Ending.Shell(command))));
    }

    private static Optional<Service> login(Settings each, String name) {
        Optional<String> user = SiteValues.required(each, "user", SiteTerminals::account);
        Optional<SshHostKey> hostKey = SiteValues.required(each, "host-key", SshHostKey::new);
        Optional<Path> key = SiteValues.optional(each, "key-file", SiteValues::folder);
        Optional<Path> password = SiteValues.optional(each, "password-file", SiteValues::folder);
        var at = SiteServices.at(each, OptionalInt.of(SSH_PORT));
        if (each.has("key-file") == each.has("password-file")) {
            each.refuse("key-file", "or password-file is wanted, one of them");
            return Optional.empty();
        }
        return user.flatMap(who -> hostKey.map(pinned -> new Service(
                name,
                Service.Kind.TERMINAL,
                Optional.of(at),
                password,
                Optional.of(new Service.Ending.Ssh(who, pinned, key)))));
    }

    private static String account(String text) {
        if (text.isBlank() || text.length() > 64 || !text.chars().allMatch(each -> each > ' ' && each != 127)) {
            throw new IllegalArgumentException(SiteValues.quoted(text) + " is no account");
        }
        return text;
    }
}
