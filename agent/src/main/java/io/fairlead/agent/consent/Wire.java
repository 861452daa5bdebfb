package io.fairlead.agent.consent;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said over the socket, in UTF-8: one line there, a few lines back, and the connection is over.
 * <pre>
 *   request   questions | ask-again | approve ID [view-only] | decline ID [not-today]
 *             | transfers | cancel ID | sessions | end [ID]
 *             64 bytes at most
 *   reply     ok [TEXT] | no REASON TEXT
 *             then for each question: ID TAB action TAB by TAB reason TAB what TAB bytes or - TAB since TAB until
 *                               TAB view-only or -
 *             or for each transfer:   ID TAB way TAB file TAB state TAB done TAB size TAB rate TAB seconds left or -
 *             or for each session:    ID TAB by TAB reason TAB services TAB state TAB streams
 *             end
 * </pre>
 * Texts are plain, and so have no tabs or line breaks; the reader makes them plain again, for it need not believe the
 * writer.
 */
final class Wire {
    static final int MOST_REQUEST = 64;
    static final int MOST_REPLY = 64 * 1024;
    private static final String VIEW_ONLY = "view-only";
    private static final String NOT_TODAY = "not-today";
    private static final String END = "end";

    private Wire() {}

    /** An answer to a question, as it was typed. */
    record Given(String id, Verdict verdict) {}

    /** Reads an answer; empty when the request is something else. */
    static Optional<Given> given(String request) {
        String[] words = request.strip().split(" ", -1);
        String narrower = words.length == 3 ? words[2] : "";
        if (words.length != 2 && words.length != 3) {
            return Optional.empty();
        }
        return switch (words[0] + " " + narrower) {
            case "approve " -> Optional.of(new Given(words[1], Verdict.APPROVE));
            case "approve " + VIEW_ONLY -> Optional.of(new Given(words[1], Verdict.VIEW_ONLY));
            case "decline " -> Optional.of(new Given(words[1], Verdict.DECLINE));
            case "decline " + NOT_TODAY -> Optional.of(new Given(words[1], Verdict.NOT_TODAY));
            default -> Optional.empty();
        };
    }

    /** The request that says so. */
    static String given(String id, Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> "approve " + id;
            case VIEW_ONLY -> "approve " + id + " " + VIEW_ONLY;
            case DECLINE -> "decline " + id;
            case NOT_TODAY -> "decline " + id + " " + NOT_TODAY;
        };
    }

    static String ok(String text) {
        return said(text, Stream.of());
    }

    static String ok(String text, List<Asked> questions) {
        return said(text, questions.stream().map(Wire::row));
    }

    static String files(List<Underway> files) {
        return said("", files.stream().map(Wire::row));
    }

    static String sessions(List<OpenSession> sessions) {
        return said("", sessions.stream().map(Wire::row));
    }

    private static String said(String text, Stream<String> rows) {
        return "ok " + text + "\n" + rows.map(row -> row + "\n").collect(Collectors.joining()) + END + "\n";
    }

    private static String row(Asked asked) {
        Question question = asked.question();
        return String.join(
                "\t",
                asked.id(),
                question.action(),
                question.by(),
                question.reason(),
                question.what(),
                number(question.bytes()),
                asked.since().toString(),
                asked.until().toString(),
                question.viewOnly() ? VIEW_ONLY : "-");
    }

    private static String row(Underway file) {
        return String.join(
                "\t",
                file.id(),
                file.way(),
                PlainText.of(file.file()),
                PlainText.of(file.state()),
                String.valueOf(file.done()),
                String.valueOf(file.size()),
                String.valueOf(file.rate()),
                number(file.secondsLeft()));
    }

    private static String row(OpenSession session) {
        return String.join(
                "\t",
                session.id(),
                session.by(),
                session.reason(),
                session.services(),
                session.state(),
                String.valueOf(session.streams()));
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "-";
    }

    private static OptionalLong number(String field) {
        return field.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(field));
    }

    static String no(DoorRefused.Reason reason, String text) {
        return "no " + reason + " " + text + "\n" + END + "\n";
    }

    /** The text after {@code ok}, and the lines behind it, cut into fields. */
    record Reply(String text, List<List<String>> rows) {
        /** @throws IllegalArgumentException when the rows are none */
        List<Asked> questions() {
            return rows.stream().map(Wire::asked).toList();
        }

        /** @throws IllegalArgumentException when the rows are none */
        List<Underway> underway() {
            return rows.stream().map(Wire::underway).toList();
        }

        /** @throws IllegalArgumentException when the rows are none */
        List<OpenSession> sessions() {
            return rows.stream().map(Wire::session).toList();
        }
    }

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
        List<List<String>> rows = lines.subList(1, lines.size() - 1).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        return new Reply(PlainText.of(lines.get(0).substring(2)), rows);
    }

    private static Asked asked(List<String> row) {
        if (row.size() != 9 || !ShortIds.isOne(row.get(0))) {
            throw new IllegalArgumentException("a question that is none");
        }
        try {
            return new Asked(
                    row.get(0),
                    new Question(
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            number(row.get(5)),
                            row.get(8).equals(VIEW_ONLY)),
                    Instant.parse(row.get(6)),
                    Instant.parse(row.get(7)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Underway underway(List<String> row) {
        if (row.size() != 8 || !row.get(0).matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a transfer that is none");
        }
        return new Underway(
                row.get(0),
                PlainText.of(row.get(1)),
                PlainText.of(row.get(2)),
                PlainText.of(row.get(3)),
                Long.parseLong(row.get(4)),
                Long.parseLong(row.get(5)),
                Long.parseLong(row.get(6)),
                number(row.get(7)));
    }

    private static OpenSession session(List<String> row) {
        if (row.size() != 6 || !row.get(0).matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a session that is none");
        }
        return new OpenSession(
                row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), Integer.parseInt(row.get(5)));
    }
}
