package io.fairlead.perf.micro;

import com.ctc.wstx.stax.WstxInputFactory;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A report of a status message of ten items, 1.2 KB: read, as the enterprise does, and answered. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    private static final int ITEMS = 10;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");

    /**
     * {@code plain} is how the enterprise reads what agents write, and answers it. What is not plain goes by JAXB over the
     * enterprise's parser, {@code woodstox}, or the agent's, {@code jdk}.
     */
    @Param({"plain", "woodstox", "jdk"})
    String way = "";

    private Documents documents = new Documents(XmlReaders.ofJdk());
    private SoapCodec codec = new SoapCodec(documents);
    private byte[] envelope = {};
    private final Report report = report();
    private final ReportResponse answer = answer();

    /** Makes what is read. */
    @Setup
    public void begin() {
        documents = new Documents(way.equals("jdk") ? XmlReaders.ofJdk() : new XmlReaders(new WstxInputFactory()));
        codec = new SoapCodec(documents);
        envelope = codec.write(report);
    }

    /** Envelope to objects. */
    @Benchmark
    public Report read() {
        return way.equals("plain")
                ? codec.read(envelope, Report.class)
                : codec.read(new ByteArrayInputStream(envelope), Report.class);
    }

    /** The same, by the agent: always by JAXB. */
    @Benchmark
    public byte[] write() {
        return codec.write(report);
    }

    /** What the enterprise answers; by JAXB without the envelope. */
    @Benchmark
    public byte[] writeAnswer() {
        return way.equals("plain") ? codec.write(answer) : documents.write(answer);
    }

    private static Report report() {
        StatusMessage message = new StatusMessage();
        message.setSequence(42);
        message.setObservedAt(NOON);
        for (int i = 0; i < ITEMS; i++) {
            DataItem item = new DataItem();
            item.setName("analyser.module." + i + ".temperature");
            item.setNumber(36.5 + i / 8.0);
            item.setUnit("°C");
            message.getItem().add(item);
        }
        Report report = new Report();
        report.setDevice("chemistry-1");
        report.setEpoch("0123456789abcdef0123456789abcdef");
        report.setSentAt(NOON);
        report.setDropped(0L);
        report.getMessage().add(message);
        return report;
    }

    private static ReportResponse answer() {
        ReportResponse answer = new ReportResponse();
        answer.setEpoch("0123456789abcdef0123456789abcdef");
        answer.setCommitted(42);
        answer.setServerTime(NOON);
        return answer;
    }
}
