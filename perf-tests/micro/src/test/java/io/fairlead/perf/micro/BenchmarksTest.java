package io.fairlead.perf.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class BenchmarksTest {
    /** A codec that refuses or a signature that is not verified would be fast. */
    @Test
    void each_runs_once_and_does_what_it_says() throws Exception {
        Collection<RunResult> results =
                Main.run(new CommandLineOptions("-f", "0", "-wi", "0", "-i", "1", "-r", "20ms", "-foe", "true"));

        assertThat(results)
                .hasSize(3 * 3 + 2 + 2 * 2)
                .allSatisfy(
                        each -> assertThat(each.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void what_is_measured_is_right() throws Exception {
        CodecBenchmark codec = new CodecBenchmark();
        for (String way : List.of("plain", "woodstox", "jdk")) {
            codec.way = way;
            codec.begin();
            assertThat(codec.read().getMessage().get(0).getItem()).hasSize(10);
        }

        SignatureBenchmark signature = new SignatureBenchmark();
        signature.begin();
        assertThat(signature.verify()).isTrue();

        SpliceBenchmark splice = new SpliceBenchmark();
        splice.bytes = 32_768;
        splice.begin();
        assertThat(splice.splice()).isEqualTo(32_768 + 4);
        splice.end();
    }
}
