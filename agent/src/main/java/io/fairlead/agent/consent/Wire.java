package io.fairlead.agent.consent;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said over the socket, in UTF-8: one line there, a few lines back, and the connection is over.
 * <pre>
 *   request   questions | ask-again | approve ID [view-only|clipboard] [companion KEY] | decline ID [not-today] [companion KEY]
 *             | watch KEY SEEN | transfers | cancel ID | sessions | end [ID]
 *             64 bytes at most
 *   reply     ok [TEXT] | no REASON TEXT
 *             then for each question: ID TAB action TAB by TAB reason TAB what TAB bytes or - TAB since TAB until
 *                               TAB view-only or - TAB clipboard or -
 *             to watch, when something is not as SEEN: ok VERSION accepts|declines NOTE, then questions and sessions
 *             or for each transfer:   ID TAB way TAB file TAB state TAB done TAB size TAB rate TAB seconds left or -
 *             or for each session:    ID TAB by TAB reason TAB services TAB until or - TAB streams TAB watchers
 *             end
 * </pre>
 * Texts are plain, and so have no tabs or line breaks; the reader makes them plain again, for it need not believe the
 * writer.
 */
final class Wire {
    static final int MOST_REQUEST = 64;
    static final int MOST_REPLY = 64 * 1024;
    private static final String VIEW_ONLY = "view-only";
    private static final String CLIPBOARD = "clipboard";
    private static final String NOT_TODAY = "not-today";
    private static final String END = "end";

    private Wire() {}

    /**
     * An answer to a question, as it was typed.
     *
     * @param companion the key of the window it was clicked in; empty for the command line
     */
    record Given(String id, Verdict verdict, Optional<String> companion) {}

    private static final Pattern GIVEN = Pattern.compile(
            "(approve|decline) ([^ ]+)(?: (view-only|clipboard|not-today))?(?: companion ([0-9a-f]{16}))?");

    /** Reads an answer; empty when the request is something else. */
    static Optional<Given> given(String request) {
        Matcher words = GIVEN.matcher(request.strip());
        if (!words.matches()) {
            return Optional.empty();
        }
        Optional<Verdict> verdict = switch (words.group(1) + " " + words.group(3)) {
            case "approve null" -> Optional.of(Verdict.APPROVE);
            case "approve " + VIEW_ONLY -> Optional.of(Verdict.VIEW_ONLY);
            case "approve " + CLIPBOARD -> Optional.of(Verdict.WITH_CLIPBOARD);
            case "decline null" -> Optional.of(Verdict.DECLINE);
            case "decline " + NOT_TODAY -> Optional.of(Verdict.NOT_TODAY);
            default -> Optional.empty();
        };
        return verdict.map(known -> new Given(words.group(2), known, Optional.ofNullable(words.group(4))));
    }

    /**
     * A companion window that waits for something to change.
     *
     * @param seen the version it shows; -1 for none
     */
    record Watch(String key, long seen) {}

    private static final Pattern WATCH = Pattern.compile("watch ([0-9a-f]{16}) (-1|\\d{1,18})");

    /** Reads that one waits; empty when the request is something else. */
    static Optional<Watch> watch(String request) {
        Matcher words = WATCH.matcher(request.strip());
        return words.matches()
                ? Optional.of(new Watch(words.group(1), Long.parseLong(words.group(2))))
                : Optional.empty();
    }

    /** The request of one that waits. */
    static String watch(String key, long seen) {
        return "watch " + key + " " + seen;
    }

    /** The words behind an answer that was clicked in a window. */
    static String companion(String key) {
        return " companion " + key;
    }

    /** What a companion window is to show. */
    static String changed(long version, boolean accepts, String note, List<Asked> questions, List<OpenSession> open) {
        return said(
                version + (accepts ? " accepts " : " declines ") + note,
                Stream.concat(questions.stream().map(Wire::row), open.stream().map(Wire::row)));
    }

    /** The request that says so. */
    static String given(String id, Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> "approve " + id;
            case VIEW_ONLY -> "approve " + id + " " + VIEW_ONLY;
            case WITH_CLIPBOARD -> "approve " + id + " " + CLIPBOARD;
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
                question.viewOnly() ? VIEW_ONLY : "-",
                question.clipboard() ? CLIPBOARD : "-");
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
                session.until().map(Instant::toString).orElse("-"),
                String.valueOf(session.streams()),
                session.watchers());
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

        /** @throws IllegalArgumentException when it is none */
        Watched watched() {
            String[] words = text.strip().split(" ", 3);
            if (words.length < 2 || !(words[1].equals("accepts") || words[1].equals("declines"))) {
                throw new IllegalArgumentException("a change that is none");
            }
            return new Watched(
                    Long.parseLong(words[0]),
                    words[1].equals("accepts"),
                    words.length == 3 ? words[2] : "",
                    rows.stream().filter(Wire::isQuestion).map(Wire::asked).toList(),
                    rows.stream()
                            .filter(row -> !isQuestion(row))
                            .map(Wire::session)
                            .toList());
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

    private static boolean isQuestion(List<String> row) {
        return ShortIds.isOne(row.get(0));
    }

    private static Asked asked(List<String> row) {
        if (row.size() != 10 || !ShortIds.isOne(row.get(0))) {
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
                            row.get(8).equals(VIEW_ONLY),
                            row.get(9).equals(CLIPBOARD)),
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
        if (row.size() != 7 || !row.get(0).matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a session that is none");
        }
        try {
            Optional<Instant> until =
                    row.get(4).equals("-") ? Optional.empty() : Optional.of(Instant.parse(row.get(4)));
            return new OpenSession(
                    row.get(0), row.get(1), row.get(2), row.get(3), until, Integer.parseInt(row.get(5)), row.get(6));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
