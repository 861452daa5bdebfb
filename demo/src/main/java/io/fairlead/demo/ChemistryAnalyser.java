package io.fairlead.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A clinical chemistry analyser: a log in UTF-8 with levels and modules, results as CSV with semicolons. */
final class ChemistryAnalyser implements Instrument {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final RandomGenerator random;
    private final Drift incubator;
    private final Drift intensity;
    private final FaultCycle fault;
    private double lampHours = 812.4;
    private double reagent = 420;
    private int seconds;

    ChemistryAnalyser(RandomGenerator random) {
        this.random = random;
        this.incubator = new Drift(random, 36.6, 37.4, 0.04);
        this.intensity = new Drift(random, 88, 97, 0.3);
        this.fault = new FaultCycle(random, 12);
    }

    @Override
    public String model() {
        return "Chemistry C-480";
    }

    @Override
    public String log() {
        return "analyser.log";
    }

    @Override
    public Charset encoding() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public List<String> second(LocalDateTime now) {
        List<String> lines = new ArrayList<>();
        lampHours += 1 / 3600.0;
        reagent = reagent < 20 ? 450 : reagent - random.nextDouble(0.1);
        lines.add(line(now, "INFO ", "TEMP", String.format(Locale.ROOT, "incubator=%.2f Cel", incubator.next())));
        if (seconds % 5 == 0) {
            lines.add(line(
                    now,
                    "INFO ",
                    "LAMP",
                    String.format(Locale.ROOT, "hours=%.3f intensity=%.1f %%", lampHours, intensity.next())));
            lines.add(line(now, "INFO ", "REAG", String.format(Locale.ROOT, "R1=%.1f mL", reagent)));
        }
        if (seconds % 90 == 7) {
            lines.add(line(now, "INFO ", "CAL", "Calibration of GLU accepted, drift 0.8 %"));
        }
        switch (fault.next()) {
            case RAISED -> lines.add(line(now, "ERROR", "E-203", "Lamp intensity is low, results are flagged"));
            case CLEARED -> lines.add(line(now, "INFO ", "E-203", "cleared"));
            case QUIET, PRESENT -> {}
        }
        seconds++;
        return lines;
    }

    private static String line(LocalDateTime now, String level, String module, String text) {
        return TIME.format(now) + " " + level + " [" + module + "] " + text;
    }

    @Override
    public String resultName(LocalDateTime now, int number) {
        return String.format(Locale.ROOT, "RES-%06d.csv", number);
    }

    @Override
    public String result(LocalDateTime now, int number) {
        return String.format(
                Locale.ROOT,
                "Sample;GLU;CREA;ALT;Flag%n%06d;%.2f;%.0f;%.0f;%n",
                number,
                random.nextDouble(3.5, 11),
                random.nextDouble(45, 140),
                random.nextDouble(8, 70));
    }

    @Override
    public String site(String folder) {
        return """
            logs = [{
              name = analyser
              path = "%1$s/analyser.log"
              encoding = "UTF-8"
              patterns = [
                { match = ""\"\\[TEMP\\] incubator=(?<value>[0-9.]+)""\", kind = value, item = "incubator.temperature", unit = "Cel" }
                { match = ""\"\\[LAMP\\] hours=(?<value>[0-9.]+)""\", kind = value, item = "lamp.hours", unit = "h" }
                { match = ""\"\\[LAMP\\] .*intensity=(?<value>[0-9.]+)""\", kind = value, item = "lamp.intensity", unit = "%%" }
                { match = ""\"\\[REAG\\] R1=(?<value>[0-9.]+)""\", kind = value, item = "reagent.1.volume", unit = "mL" }
                { match = ""\"\\[CAL\\] (?<text>.*)""\", kind = event, code = "calibration" }
                # C7: an error code is reported at once.
                { match = ""\" ERROR \\[(?<code>E-[0-9]+)\\] (?<text>.*)""\", kind = alarm, severity = error }
                { match = ""\" INFO  \\[(?<clears>E-[0-9]+)\\] cleared""\", kind = alarm }
              ]
            }]
            results = [{
              name = results
              folder = "%1$s/results"
              glob = "RES-*.csv"
              format = csv
              delimiter = ";"
              items = [
                { column = "GLU", item = "result.glucose", unit = "mmol/L" }
                { column = "CREA", item = "result.creatinine", unit = "umol/L" }
                { column = "ALT", item = "result.alt", unit = "U/L" }
              ]
            }]
            """.formatted(folder);
    }
}
