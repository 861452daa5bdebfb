package io.fairlead.agent.reach;

import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.contract.agent.ReachOutcome;
import io.fairlead.contract.agent.ReachProtocol;
import io.fairlead.contract.agent.ReachRow;
import io.fairlead.contract.agent.ReachTrouble;
import io.fairlead.contract.agent.ReachWay;
import io.fairlead.contract.agent.ReportReach;
import io.fairlead.contract.agent.ReportReachResponse;
import io.fairlead.soap.SoapCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings a report to the enterprise, in this device's name, by any of its servers that can be reached and by the ways that the
 * agent takes. It goes beside the agent's spool, and needs no agent that runs.
 */
public final class Delivery {
    private static final String ACTION = "urn:fairlead:agent-channel:1/ReportReach";
    private static final Duration READ = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_ROWS = 200;
    /** Characters of what was found in each row: fewer where all together are too long. */
    private static final List<Integer> MOST_FOUND = List.of(300, 100, 0);
    /** With any of these this device does not get through to a server of its own, and need not knock again. */
    private static final List<String> ESSENTIAL = List.of(Step.TCP, Step.TLS, Step.DEVICE);

    private final Dialer dialer;
    private final Identity identity;
    private final SoapCodec codec;
    private final Supplier<Instant> now;

    public Delivery(Dialer dialer, Identity identity, SoapCodec codec, Supplier<Instant> now) {
        this.dialer = dialer;
        this.identity = identity;
        this.codec = codec;
        this.now = now;
    }

    /**
     * Hands it to the first server that takes it.
     *
     * @param servers the agent's own
     * @param list the version of the list that was walked; empty where there was none
     */
    public Arrival bring(Report report, Optional<String> list, List<ServerAddress> servers) {
        List<ServerAddress> open =
                servers.stream().filter(server -> !blocked(report, server)).toList();
        if (open.isEmpty()) {
            return new Arrival(false, "none of its servers is reached");
        }
        byte[] envelope = envelope(report, list);
        String why = "";
        for (ServerAddress server : open) {
            try {
                ReportReachResponse unused = new Link(server, dialer, identity, codec, now)
                        .call(ACTION, envelope, ReportReachResponse.class, READ);
                return new Arrival(true, server + " has it");
            } catch (LinkException e) {
                why = plain(String.valueOf(e.getMessage()), MOST_FOUND.get(0));
            }
        }
        return new Arrival(false, why);
    }

    private static boolean blocked(Report report, ServerAddress server) {
        return report.findings().stream()
                .filter(each -> each.tried() && each.target().address().equals(server))
                .flatMap(each -> each.steps().stream())
                .anyMatch(step -> step.outcome() == Step.Outcome.BAD && ESSENTIAL.contains(step.what()));
    }

    /** As much as fits: fewer words before fewer rows, and the rows that failed stand first. */
    byte[] envelope(Report report, Optional<String> list) {
        int rows = Math.min(MOST_ROWS, report.findings().size());
        while (true) {
            for (int words : MOST_FOUND) {
                byte[] envelope = codec.write(message(report, list, rows, words));
                if (envelope.length <= MOST_BYTES) {
                    return envelope;
                }
            }
            rows /= 2;
        }
    }

    private ReportReach message(Report report, Optional<String> list, int rows, int words) {
        ReportReach message = new ReportReach();
        message.setDevice(identity.deviceId());
        message.setCheckedAt(report.at());
        list.ifPresent(message::setList);
        if (report.findings().size() > rows) {
            message.setLeftOut(report.findings().size() - rows);
        }
        report.findings().subList(0, rows).forEach(each -> message.getRow().add(row(each, words)));
        return message;
    }

    private static ReachRow row(Finding finding, int words) {
        ReachRow row = new ReachRow();
        row.setHost(finding.target().host());
        row.setPort(finding.target().port());
        row.setProtocol(
                ReachProtocol.fromValue(finding.target().row().protocol().text()));
        row.setRequired(finding.required());
        row.setOutcome(ReachOutcome.fromValue(finding.result()));
        finding.trouble().ifPresent(trouble -> row.setTrouble(ReachTrouble.fromValue(trouble.key())));
        way(finding.brief(Step.WAY)).ifPresent(row::setWay);
        String found = plain(
                finding.steps().stream()
                        .filter(step -> step.outcome() == Step.Outcome.BAD)
                        .map(Step::words)
                        .collect(Collectors.joining("; ")),
                words);
        if (!found.isEmpty()) {
            row.setFound(found);
        }
        return row;
    }

    private static Optional<ReachWay> way(String kind) {
        return switch (kind) {
            case "direct" -> Optional.of(ReachWay.DIRECT);
            case "HTTP proxy" -> Optional.of(ReachWay.HTTP_PROXY);
            case "SOCKS proxy" -> Optional.of(ReachWay.SOCKS_PROXY);
            default -> Optional.empty();
        };
    }

    /** Words of peers stand in it: on one line, and of ASCII only. */
    private static String plain(String text, int most) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= most ? plain : plain.substring(0, most);
    }
}
