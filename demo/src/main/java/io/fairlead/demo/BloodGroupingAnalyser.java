package io.fairlead.demo;

import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A blood grouping analyser of an older make: a log in windows-1252 in columns of blanks, results as CSV with commas. */
final class BloodGroupingAnalyser implements Instrument {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss", Locale.ROOT);

    private final RandomGenerator random;
    private final Drift speed;
    private final Drift temperature;
    private final Drift pressure;
    private final FaultCycle fault;
    private int cards = 960;
    private int seconds;

    BloodGroupingAnalyser(RandomGenerator random) {
        this.random = random;
        this.speed = new Drift(random, 1005, 1015, 1);
        this.temperature = new Drift(random, 22, 26, 0.1);
        this.pressure = new Drift(random, 480, 520, 2);
        this.fault = new FaultCycle(random, 45);
    }

    @Override
    public String model() {
        return "Blood grouping BG-24";
    }

    @Override
    public String log() {
        return "bg24.log";
    }

    @Override
    public Charset encoding() {
        return Charset.forName("windows-1252");
    }

    @Override
    public List<String> second(LocalDateTime now) {
        List<String> lines = new ArrayList<>();
        if (seconds % 2 == 0) {
            lines.add(line(
                    now,
                    String.format(
                            Locale.ROOT,
                            "CENTRIFUGE  speed %.0f rpm  temperature %.1f °C",
                            speed.next(),
                            temperature.next())));
        }
        if (seconds % 7 == 0) {
            lines.add(line(now, String.format(Locale.ROOT, "PIPETTOR    vacuum %.0f mbar", pressure.next())));
            cards = cards == 0 ? 960 : cards - 1;
            lines.add(line(now, "CARDS       left " + cards));
        }
        switch (fault.next()) {
            case RAISED -> lines.add(line(now, "FAULT A117  Card gripper blocked"));
            case CLEARED -> lines.add(line(now, "FAULT A117  reset by operator"));
            case QUIET, PRESENT -> {}
        }
        seconds++;
        return lines;
    }

    private static String line(LocalDateTime now, String text) {
        return TIME.format(now) + "  " + text;
    }

    @Override
    public String resultName(LocalDateTime now, int number) {
        return String.format(Locale.ROOT, "bg_%06d.txt", number);
    }

    @Override
    public String result(LocalDateTime now, int number) {
        List<String> groups = List.of("A", "B", "AB", "0");
        return "card,group,rhesus,strength\n" + number + "," + groups.get(random.nextInt(groups.size())) + ","
                + (random.nextInt(100) < 85 ? "pos" : "neg") + "," + random.nextInt(1, 5) + "\n";
    }

    @Override
    public String site(String folder) {
        return """
            logs = [{
              name = bg24
              path = "%1$s/bg24.log"
              encoding = "windows-1252"
              patterns = [
                { match = ""\"CENTRIFUGE  speed (?<value>[0-9]+) rpm""\", kind = value, item = "centrifuge.speed", unit = "/min" }
                { match = ""\"CENTRIFUGE .*temperature (?<value>[0-9.]+) °C""\", kind = value, item = "centrifuge.temperature", unit = "Cel" }
                { match = ""\"PIPETTOR    vacuum (?<value>[0-9]+) mbar""\", kind = value, item = "pipettor.vacuum", unit = "mbar" }
                { match = ""\"CARDS       left (?<value>[0-9]+)""\", kind = value, item = "cards.left" }
                { match = ""\"FAULT (?<code>A[0-9]+)  (?!reset)(?<text>.*)""\", kind = alarm, severity = critical }
                { match = ""\"FAULT (?<clears>A[0-9]+)  reset""\", kind = alarm }
              ]
            }]
            results = [{
              name = cards
              folder = "%1$s/results"
              glob = "bg_*.txt"
              format = csv
              items = [
                { column = "group", item = "result.group" }
                { column = "rhesus", item = "result.rhesus" }
                { column = "strength", item = "result.strength" }
              ]
            }]
            """.formatted(folder);
    }
}
