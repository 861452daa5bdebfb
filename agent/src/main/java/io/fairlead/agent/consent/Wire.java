package io.fairlead.agent.consent;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is said over the socket, in UTF-8: one line there, a few lines back, and the connection is over.
 * <pre>
 *   request   questions | ask-again | approve ID | decline ID          64 bytes at most
 *   reply     ok [TEXT] | no REASON TEXT
 *             then for each question: ID TAB action TAB by TAB reason TAB what TAB bytes or - TAB since TAB until
 *             end
 * </pre>
 * Texts are plain, and so have no tabs or line breaks; the reader makes them plain again, for it need not believe the
 * writer.
 */
final class Wire {
    static final int MOST_REQUEST = 64;
    static final int MOST_REPLY = 64 * 1024;
    private static final int FIELDS = 8;
    private static final String END = "end";

    private Wire() {}

    static String ok(String text, List<Asked> questions) {
        StringBuilder reply = new StringBuilder("ok ").append(text).append('\n');
        for (Asked asked : questions) {
            Question question = asked.question();
            String bytes = question.bytes().isPresent()
                    ? String.valueOf(question.bytes().getAsLong())
                    : "-";
            reply.append(String.join(
                            "\t",
                            asked.id(),
                            question.action(),
                            question.by(),
                            question.reason(),
                            question.what(),
                            bytes,
                            asked.since().toString(),
                            asked.until().toString()))
                    .append('\n');
        }
        return reply.append(END).append('\n').toString();
    }

    static String no(DoorRefused.Reason reason, String text) {
        return "no " + reason + " " + text + "\n" + END + "\n";
    }

    /** The text after {@code ok}, and the questions. */
    record Reply(String text, List<Asked> questions) {}

    /** @throws DoorRefused when it is a no; IllegalArgumentException when it is no whole reply */
    static Reply read(String reply) throws DoorRefused {
        List<String> lines = reply.lines().toList();
        if (lines.size() < 2 || !lines.get(lines.size() - 1).equals(END)) {
            throw new IllegalArgumentException("a reply without its end");
        }
        String[] head = lines.get(0).split(" ", 3);
        if (head[0].equals("no") && head.length == 3) {
            throw new DoorRefused(DoorRefused.Reason.valueOf(head[1]), PlainText.of(head[2]));
        }
        if (!head[0].equals("ok")) {
            throw new IllegalArgumentException("a reply that is neither ok nor no");
        }
        List<Asked> questions = new ArrayList<>();
        for (String line : lines.subList(1, lines.size() - 1)) {
            questions.add(asked(line.split("\t", -1)));
        }
        return new Reply(PlainText.of(lines.get(0).substring(2)), questions);
    }

    private static Asked asked(String[] fields) {
        if (fields.length != FIELDS || !ShortIds.isOne(fields[0])) {
            throw new IllegalArgumentException("a question that is none");
        }
        try {
            OptionalLong bytes =
                    fields[5].equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[5]));
            return new Asked(
                    fields[0],
                    new Question(fields[1], fields[2], fields[3], fields[4], bytes),
                    Instant.parse(fields[6]),
                    Instant.parse(fields[7]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
