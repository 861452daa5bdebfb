package io.fairlead.perf.micro;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The entry: JMH's command line, with runs short enough for a laptop. */
public final class Main {
    private static final String USAGE = """
            fairlead perf micro [PATTERN] [JMH'S OPTIONS]

            Measures single steps: CodecBenchmark, SignatureBenchmark, SpliceBenchmark. PATTERN is a regular expression
            of their names; without one all are measured, in about four minutes.

              -l              what there is
              -p NAME=V[,V]   only with these values of a parameter
              -prof gc        also bytes allocated for each operation
              -f, -wi, -i     forks, iterations to warm up and to measure (1, 3, 5)
              -h              all options of JMH
            """;

    private Main() {}

    /** Ends with 2 for wrong usage, with 1 when a benchmark failed. */
    public static void main(String[] args) throws Exception {
        if (args.length > 0 && (args[0].equals("--help") || args[0].equals("help"))) {
            System.out.print(USAGE);
            return;
        }
        try {
            CommandLineOptions said = new CommandLineOptions(args);
            if (said.shouldHelp()) {
                said.showHelp();
            } else if (said.shouldList()) {
                new Runner(said).list();
            } else if (run(said).isEmpty()) {
                System.exit(1);
            }
        } catch (CommandLineOptionException e) {
            System.err.println("fairlead perf micro: " + e.getMessage() + System.lineSeparator() + USAGE);
            System.exit(2);
        } catch (RunnerException e) {
            System.err.println("fairlead perf micro: " + e.getMessage());
            System.exit(1);
        }
    }

    /** What was said goes before what is usual here. */
    static Collection<RunResult> run(Options said) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .parent(said)
                        .forks(said.getForkCount().orElse(1))
                        .warmupIterations(said.getWarmupIterations().orElse(3))
                        .measurementIterations(said.getMeasurementIterations().orElse(5))
                        .warmupTime(said.getWarmupTime().orElse(TimeValue.seconds(1)))
                        .measurementTime(said.getMeasurementTime().orElse(TimeValue.seconds(1)))
                        .build())
                .run();
    }
}
