package io.fairlead.perf.simulations;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What the process that plays a simulation is told, by a file that only its owner reads.
 *
 * @param agentsUrl of the agents' listener
 * @param peopleUrl of the people's listener
 * @param identities the folder of the enrolled devices
 * @param span how long it goes on
 * @param period from one message of an agent to its next
 * @param visitors file with a line {@code NAME PASSWORD} for each person who looks at the console
 * @param account name and password of the account of other systems, with a colon between
 * @param tally file for what agents counted
 */
record Told(
        String agentsUrl,
        String peopleUrl,
        Path identities,
        Duration span,
        Duration period,
        Path visitors,
        String account,
        Path tally) {
    /** The property of the JVM that names the file. */
    static final String PROPERTY = "fairlead.perf.told";

    void write(Path file) throws IOException {
        Properties all = new Properties();
        all.setProperty("agents", agentsUrl);
        all.setProperty("people", peopleUrl);
        all.setProperty("identities", identities.toString());
        all.setProperty("span", span.toString());
        all.setProperty("period", period.toString());
        all.setProperty("visitors", visitors.toString());
        all.setProperty("account", account);
        all.setProperty("tally", tally.toString());
        try (Writer out = Files.newBufferedWriter(file)) {
            all.store(out, null);
        }
    }

    /** Throws IllegalStateException when a simulation is started by somebody who tells it nothing. */
    static Told read() {
        String file = System.getProperty(PROPERTY);
        if (file == null) {
            throw new IllegalStateException("a simulation is started by ./fairlead perf SIMULATION, not by itself");
        }
        Properties all = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file))) {
            all.load(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read " + file, unreadable);
        }
        return new Told(
                all.getProperty("agents"),
                all.getProperty("people"),
                Path.of(all.getProperty("identities")),
                Duration.parse(all.getProperty("span")),
                Duration.parse(all.getProperty("period")),
                Path.of(all.getProperty("visitors")),
                all.getProperty("account"),
                Path.of(all.getProperty("tally")));
    }
}
