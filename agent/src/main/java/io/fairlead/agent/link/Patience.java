package io.fairlead.agent.link;

import io.fairlead.agent.link.HttpsExchange.Answer;
import java.time.Duration;

/**
 * Asks again where the enterprise puts off: HTTP 503 with Retry-After (RFC 9110, section 10.2.3). It waits as long as
 * asked, and two minutes in all; then the 503 is the answer. Only for what may be sent twice.
 */
public final class Patience {
    static final Duration MOST = Duration.ofMinutes(2);
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** How a wait is made, and told to whoever waits. */
    @FunctionalInterface
    public interface Waiting {
        void pause(Duration time) throws InterruptedException;
    }

    @FunctionalInterface
    interface Question {
        Answer ask() throws LinkException;
    }

    private final Waiting waiting;
    private Duration left = MOST;

    public Patience(Waiting waiting) {
        this.waiting = waiting;
    }

    Answer ask(Question question) throws LinkException {
        while (true) {
            Answer answer = question.ask();
            Duration asked = answer.retryAfter();
            if (answer.status() != 503 || asked == null) {
                return answer;
            }
            Duration pause = asked.compareTo(LEAST) < 0 ? LEAST : asked;
            if (pause.compareTo(left) > 0) {
                return answer;
            }
            left = left.minus(pause);
            try {
                waiting.pause(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
        }
    }
}
