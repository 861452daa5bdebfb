package io.fairlead.agent.app;

import io.fairlead.agent.file.PackagePart;
import io.fairlead.agent.kernel.StatusLine;
import io.fairlead.agent.kernel.StatusSection;
import io.fairlead.agent.status.LogSource;
import io.fairlead.settings.Disclosure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a diagnostic package takes in: what the agent knows of itself and its PC, this site's configuration without secrets,
 * the newest of the customer's audit without what names people, and logs.
 *
 * @param system what kind of system this is, in words
 */
record PackageContents(AgentFolder folder, Site site, String system, List<StatusSection> sections, SelfTest test) {
    private static final int AUDIT_BYTES = 256 << 10;
    private static final String ABOUT_PEOPLE = " consent.";

    List<PackagePart> parts() {
        List<PackagePart> parts = new ArrayList<>();
        parts.add(new PackagePart.Made("self-test.txt", "what the agent tried of itself", test::text));
        parts.add(new PackagePart.Made("status.txt", "as `agent status` says it", this::status));
        parts.add(new PackagePart.Made("system.txt", "this PC, its network and its Java", this::pc));
        parts.add(new PackagePart.Made(
                "site.conf",
                "site.conf without comments, secrets, people and arguments of commands",
                () -> Disclosure.of(site.guard().file())));
        parts.add(new PackagePart.Made(
                "audit.txt",
                "the newest entries of the customer's audit, without those about people at the instrument",
                () -> audit(folder.audit())));
        parts.add(new PackagePart.Files("agent-log", folder.log(), "*.log", true));
        for (LogSource log : site.config().sources().logs()) {
            boolean plain = log.file().chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0);
            // A plain name stands for its rotated files too.
            parts.add(new PackagePart.Files(
                    "logs/" + log.name().replace(':', '-'),
                    log.folder(),
                    plain ? log.file() + "*" : log.file(),
                    false));
        }
        return parts;
    }

    private String status() {
        StringBuilder text = new StringBuilder(2000);
        for (StatusSection section : sections) {
            text.append(section.name()).append('\n');
            for (StatusLine line : section.lines()) {
                text.append("  ")
                        .append(line.key())
                        .append(": ")
                        .append(line.words())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private String pc() {
        StringBuilder text = new StringBuilder(2000);
        text.append("system: ").append(system).append('\n');
        for (String key : List.of("java.vendor", "java.version", "java.vm.name", "user.timezone", "file.encoding")) {
            text.append(key).append(": ").append(System.getProperty(key)).append('\n');
        }
        text.append("processors: ")
                .append(Runtime.getRuntime().availableProcessors())
                .append('\n');
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                text.append("network ").append(each.getName()).append(each.isUp() ? " up" : " down");
                text.append(" mtu ").append(each.getMTU());
                each.getInterfaceAddresses()
                        .forEach(address -> text.append(' ')
                                .append(address.getAddress().getHostAddress())
                                .append('/')
                                .append(address.getNetworkPrefixLength()));
                text.append('\n');
            }
        } catch (SocketException e) {
            text.append("network: ").append(e.getMessage()).append('\n');
        }
        return text.toString();
    }

    private static String audit(Path file) {
        try (RandomAccessFile audit = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, audit.length() - AUDIT_BYTES);
            byte[] tail = new byte[(int) (audit.length() - from)];
            audit.seek(from);
            audit.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            StringBuilder told = new StringBuilder(text.length());
            text.lines()
                    .skip(from > 0 ? 1 : 0)
                    .filter(line -> !line.contains(ABOUT_PEOPLE))
                    .forEach(line -> told.append(line).append('\n'));
            return told.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
