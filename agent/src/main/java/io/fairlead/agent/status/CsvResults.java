package io.fairlead.agent.status;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Result files in CSV (RFC 4180) with a line of headings: each further line is a record. */
final class CsvResults implements ResultReader {
    private final ResultSource source;
    private final CSVFormat format;

    CsvResults(ResultSource source) {
        this.source = source;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(source.delimiter())
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
    }

    @Override
    public void read(Path file, Findings findings) throws IOException, MalformedResult {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] head = LogEncoding.head(channel);
            Charset charset = source.encoding().charset(head);
            channel.position(LogEncoding.mark(head));
            Reader text = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), charset));
            read(new BoundedText(text, source.delimiter()), findings);
        } catch (CSVException | BoundedText.TooLong | IllegalArgumentException | IllegalStateException e) {
            throw new MalformedResult(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            // The parser wraps what it throws between two records.
            if (e.getCause() instanceof CSVException || e.getCause() instanceof BoundedText.TooLong) {
                throw new MalformedResult(String.valueOf(e.getCause().getMessage()));
            }
            throw e.getCause();
        }
    }

    private void read(Reader text, Findings findings) throws IOException, MalformedResult {
        try (CSVParser parser = CSVParser.parse(text, format)) {
            Map<String, Integer> headings = parser.getHeaderMap();
            for (ResultSource.Item item : source.items()) {
                if (!headings.containsKey(item.from())) {
                    throw new MalformedResult("no column '" + item.from() + "'");
                }
            }
            int records = 0;
            for (CSVRecord record : parser) {
                if (!record.isConsistent()) {
                    throw new MalformedResult("line " + parser.getCurrentLineNumber() + " has " + record.size()
                            + " columns instead of " + headings.size());
                }
                if (++records > MAX_RECORDS || records * source.items().size() > MAX_VALUES) {
                    throw new MalformedResult("more than " + MAX_RECORDS + " lines or " + MAX_VALUES + " values");
                }
                say(record, findings);
            }
        }
    }

    private void say(CSVRecord record, Findings findings) {
        for (ResultSource.Item item : source.items()) {
            String value = record.get(item.from());
            if (!value.isEmpty()) {
                findings.value(item.item(), value, item.unit());
            }
        }
        findings.endOfRecord();
    }
}
