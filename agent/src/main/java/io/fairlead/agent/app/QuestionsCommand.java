package io.fairlead.agent.app;

import io.fairlead.agent.consent.Asked;
import io.fairlead.agent.consent.DoorClient;
import io.fairlead.agent.consent.DoorRefused;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agent questions}. */
@Command(
        name = "questions",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Shows what the agent asks the people at the instrument.",
        footer = {
            "",
            "\"wants to\" is the agent's word; \"for\" and \"because\" are what the enterprise",
            "says of itself. Leave --watch open in a terminal: it rings for each question.",
            "",
            "Exit codes: 0 shown, 1 no agent answers, 2 wrong usage, 3 this account may not.",
            "",
            "Examples:",
            "  agent questions",
            "  agent questions --watch",
            "  agent questions --json"
        })
final class QuestionsCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 1000;
    private static final char BELL = '\u0007';

    @Mixin
    private ApproverOptions options = new ApproverOptions();

    @Option(names = "--json", description = "One JSON array; with --watch one line a new question.")
    private boolean json;

    @Option(names = "--watch", description = "Goes on until Ctrl-C: shows each new question, and rings.")
    private boolean watch;

    @Option(
            names = "--ask-again",
            description = "After two questions that were declined or not answered nobody is asked about that action for"
                    + " half an hour, after \"not today\" until midnight; this ends it.")
    private boolean askAgain;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws IOException, InterruptedException {
        DoorClient door = options.door();
        try {
            if (askAgain) {
                System.out.println(door.askAgain());
                return 0;
            }
            DoorClient.Waiting waiting = door.waiting();
            if (!waiting.note().isEmpty()) {
                System.err.println(waiting.note());
            }
            if (!watch) {
                System.out.print(json ? QuestionText.json(waiting.questions()) + "\n" : all(waiting.questions()));
                return 0;
            }
            return watch(door, waiting.questions());
        } catch (DoorRefused e) {
            System.err.println(e.getMessage());
            return ApproverOptions.REFUSED;
        }
    }

    private String all(List<Asked> questions) {
        return questions.isEmpty()
                ? "No questions.\n"
                : questions.stream()
                        .map(asked -> QuestionText.frame(asked, clock.instant()))
                        .collect(Collectors.joining());
    }

    private int watch(DoorClient door, List<Asked> first) throws IOException, InterruptedException {
        if (!json) {
            System.out.println("Waiting for questions; Ctrl-C ends it.");
        }
        Set<String> shown = new HashSet<>();
        List<Asked> questions = first;
        boolean reached = true;
        while (!System.out.checkError()) {
            for (Asked asked : questions) {
                if (shown.add(asked.id() + asked.since())) {
                    show(asked);
                }
            }
            Thread.sleep(LOOK_MILLIS);
            try {
                questions = door.questions();
                reached = told(reached, true, "The agent answers again.");
            } catch (DoorRefused e) {
                if (e.reason() == DoorRefused.Reason.NOT_APPROVER) {
                    throw e;
                }
            } catch (IOException e) {
                questions = List.of();
                reached = told(reached, false, String.valueOf(e.getMessage()));
            }
        }
        return 0;
    }

    private static boolean told(boolean before, boolean now, String text) {
        if (before != now) {
            System.err.println(text);
        }
        return now;
    }

    private void show(Asked asked) {
        if (json) {
            System.out.println(QuestionText.json(asked));
        } else {
            System.out.print(BELL + QuestionText.frame(asked, clock.instant()));
        }
        System.out.flush();
    }
}
