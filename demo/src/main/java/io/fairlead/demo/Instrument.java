package io.fairlead.demo;

import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A simulated instrument: what it would write, second by second, and what the customer's {@code site.conf} says of it.
 * Its values drift, and now and then it has a fault. Not for several threads.
 */
interface Instrument {
    /** Who makes what: the model as the registry knows it. */
    String model();

    /** The log's name in the instrument's folder. */
    String log();

    /** In which the log is written. */
    Charset encoding();

    /** The lines that it logs in one second. */
    List<String> second(LocalDateTime now);

    /** The name of the result file that it writes now. */
    String resultName(LocalDateTime now, int number);

    /** Its content. */
    String result(LocalDateTime now, int number);

    /** The {@code logs} and {@code results} of {@code site.conf} for an instrument that writes to this folder. */
    String site(String folder);
}
