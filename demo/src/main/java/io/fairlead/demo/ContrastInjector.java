package io.fairlead.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A contrast injector beside a CT: a log of fields between bars that name themselves, results as JSON. */
final class ContrastInjector implements Instrument {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final RandomGenerator random;
    private final Drift pressure;
    private final Drift flow;
    private final Drift heater;
    private final FaultCycle fault;
    private int seconds;

    ContrastInjector(RandomGenerator random) {
        this.random = random;
        this.pressure = new Drift(random, 90, 240, 8);
        this.flow = new Drift(random, 2, 5, 0.2);
        this.heater = new Drift(random, 35.5, 38.5, 0.1);
        this.fault = new FaultCycle(random, 75);
    }

    @Override
    public String model() {
        return "CT injector INJ-3";
    }

    @Override
    public String log() {
        return "injector.log";
    }

    @Override
    public Charset encoding() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public List<String> second(LocalDateTime now) {
        List<String> lines = new ArrayList<>();
        lines.add(value(now, "syringe.pressure", pressure.next(), "[psi]"));
        if (seconds % 3 == 0) {
            lines.add(value(now, "syringe.flow", flow.next(), "mL/s"));
            lines.add(value(now, "heater.temperature", heater.next(), "Cel"));
        }
        if (seconds % 60 == 20) {
            lines.add(line(now, "EVT", "procedure", "Protocol CT-ABDOMEN finished"));
        }
        switch (fault.next()) {
            case RAISED -> lines.add(line(now, "ERR", "F31", "Air in the line"));
            case CLEARED -> lines.add(line(now, "CLR", "F31", "Line purged"));
            case QUIET, PRESENT -> {}
        }
        seconds++;
        return lines;
    }

    private static String value(LocalDateTime now, String item, double value, String unit) {
        return line(now, "VAL", item, String.format(Locale.ROOT, "%.1f|%s", value, unit));
    }

    private static String line(LocalDateTime now, String kind, String what, String text) {
        return TIME.format(now) + "|" + kind + "|" + what + "|" + text;
    }

    @Override
    public String resultName(LocalDateTime now, int number) {
        return String.format(Locale.ROOT, "procedure-%06d.json", number);
    }

    @Override
    public String result(LocalDateTime now, int number) {
        return String.format(
                Locale.ROOT,
                "{\"procedure\":%d,\"contrast\":{\"volume\":%.1f},\"peakPressure\":%d}%n",
                number,
                random.nextDouble(60, 120),
                random.nextInt(120, 260));
    }

    @Override
    public String site(String folder) {
        return """
            logs = [{
              name = injector
              path = "%1$s/injector.log"
              patterns = [
                # One pattern for all values: the line itself names item and unit.
                { match = ""\"\\|VAL\\|(?<item>[a-z.]+)\\|(?<value>[0-9.]+)\\|(?<unit>[^|]+)$""\", kind = value }
                { match = ""\"\\|EVT\\|(?<code>[a-z]+)\\|(?<text>.*)$""\", kind = event }
                { match = ""\"\\|ERR\\|(?<code>F[0-9]+)\\|(?<text>.*)$""\", kind = alarm, severity = critical }
                { match = ""\"\\|CLR\\|(?<clears>F[0-9]+)\\|""\", kind = alarm }
              ]
            }]
            results = [{
              name = procedures
              folder = "%1$s/results"
              glob = "procedure-*.json"
              format = json
              items = [
                { pointer = "/contrast/volume", item = "procedure.contrast", unit = "mL" }
                { pointer = "/peakPressure", item = "procedure.peak.pressure", unit = "[psi]" }
              ]
            }]
            """.formatted(folder);
    }
}
