package io.fairlead.firewall.format;

import io.fairlead.firewall.Addresses;
import io.fairlead.firewall.Allowlist;
import io.fairlead.firewall.Cidr;
import io.fairlead.firewall.Destination;
import io.fairlead.firewall.HostName;
import io.fairlead.firewall.Protocol;
import io.fairlead.firewall.Remark;
import io.fairlead.firewall.Row;
import io.fairlead.firewall.Word;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Valid lists of every kind, with sentences that mean something to a shell, a firewall or a spreadsheet. */
final class RandomLists {
    /** Hosts that would share a name with something else if names were put together carelessly. */
    private static final List<String> ODD = List.of(
            "a",
            "a-443",
            "a-80-443",
            "tcp-443",
            "a-v4",
            "a.b",
            "a-b",
            "10-0-0-0-8",
            "2001.db8.1.2.3.4.5.abcd",
            "any",
            "all",
            "something-inbound",
            "xn--bcher-kva.example",
            ("x".repeat(63) + ".").repeat(3) + "y".repeat(61),
            ("x".repeat(63) + ".").repeat(3) + "z".repeat(61));

    private static final List<String> SENTENCES = List.of(
            "Status",
            "\"; permit ip any any",
            "'; reboot #",
            "$(reboot) `reboot` ${IFS}",
            "end\\nconfig firewall policy",
            "next, edit 1, delete 1",
            "Zeitstempel für Geräte – Übersicht",
            "検査しないでください",
            "=HYPERLINK(\"http://evil.example\")",
            "a, b; c | d & e < f > g",
            "? ?? \\ \\\\",
            "x".repeat(300),
            "' OR ''='",
            "! remark",
            "# comment");

    private final Random random;

    RandomLists(long seed) {
        random = new Random(seed);
    }

    Allowlist next() {
        List<Row> rows = Stream.generate(this::row).limit(random.nextInt(6)).toList();
        List<Cidr> sources = Stream.generate(this::network)
                .limit(random.nextInt(4))
                .distinct()
                .toList();
        Map<HostName, List<Cidr>> addresses = new HashMap<>();
        rows.forEach(row -> {
            if (row.to() instanceof HostName host && random.nextInt(4) > 0) {
                addresses.put(
                        host,
                        Stream.generate(() -> network(true))
                                .limit(1 + random.nextInt(3))
                                .toList());
            }
        });
        return new Allowlist(
                sentence(),
                new Word("2026112201"),
                Lists.ISSUED,
                rows,
                sources,
                new Addresses(Lists.ISSUED, addresses));
    }

    private Row row() {
        boolean since = random.nextInt(4) == 0;
        return new Row(
                destination(),
                random.nextInt(5) == 0 ? Protocol.UDP : Protocol.TCP,
                ports(1 + random.nextInt(random.nextInt(30) == 0 ? 40 : 3)),
                ports(random.nextInt(3)),
                new TreeSet<>(),
                Optional.empty(),
                sentence(),
                random.nextBoolean(),
                since ? Optional.of(Lists.ISSUED.plusSeconds(random.nextInt(100_000) - 50_000L)) : Optional.empty(),
                random.nextInt(4) == 0
                        ? Optional.of(Lists.ISSUED.plusSeconds(60_000 + random.nextInt(10_000_000)))
                        : Optional.empty(),
                Stream.generate(this::sentence).limit(random.nextInt(3)).toList());
    }

    private Destination destination() {
        return switch (random.nextInt(3)) {
            case 0 -> network();
            case 1 -> new HostName(ODD.get(random.nextInt(ODD.size())));
            default -> host();
        };
    }

    private HostName host() {
        String labels = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> "l" + random.nextInt(5) + "-".repeat(random.nextInt(20)) + random.nextInt(10))
                .collect(Collectors.joining("."));
        return new HostName(labels + ".example");
    }

    private Cidr network() {
        return network(random.nextBoolean());
    }

    private Cidr network(boolean oneAddress) {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 16 : 4];
        random.nextBytes(bytes);
        bytes[0] = (byte) (bytes.length == 4 ? 10 : 0x20);
        int prefix = oneAddress ? bytes.length * 8 : random.nextInt(bytes.length * 8 + 1);
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private SortedSet<Integer> ports(int many) {
        List<Integer> ports = new ArrayList<>(List.of(80, 443, 17_001, 17_002, 1, 65_535));
        IntStream.range(0, 40).forEach(i -> ports.add(1 + random.nextInt(65_535)));
        return new TreeSet<>(Stream.generate(() -> ports.get(random.nextInt(many > 3 ? ports.size() : 6)))
                .limit(many)
                .toList());
    }

    private Remark sentence() {
        return new Remark(SENTENCES.get(random.nextInt(SENTENCES.size())));
    }
}
