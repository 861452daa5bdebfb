package io.fairlead.enterprise.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rolling token of one identity: by it two holders are told apart. Each answer to a poll gives a new random token; its
 * holder forces it to disk and presents it next. An answer may be lost, any number of times in a row, or its holder be
 * killed before the token was on disk: then the token presented last comes again, and what was given for it is never seen.
 * So a token that comes again is harmless as long as nobody has presented a younger one. Two holders show when both have
 * gone on: then one of them presents what branched off before the token that was presented last.
 *
 * <pre>
 *   NEW    last = none  given = {}            enrolled, or picked by a person
 *   SURE   last = t     given = {n}           t was presented once
 *   DOUBT  last = t     given = {n1 … nk}     t was presented k times: k - 1 answers were lost, or a second holder has t
 *
 *   presented    in NEW, SURE         in DOUBT                        then
 *   a given one  STEP: SURE           STEP, but not certain: SURE     last := presented, given := {fresh}
 *   last         (NEW) STEP: SURE     REPEAT: DOUBT                   given := given + fresh
 *                (SURE) REPEAT: DOUBT
 *   lately       LATE                 LATE                            forgotten, and answered with a temporary fault
 *   another      STRAY                STRAY                           nothing: the identity is held
 * </pre>
 *
 * <p>A poll may come long after its agent gave it up and went on: sent again by the network, or read by a node that stood
 * still. So what was presented before the last counts as lately for five minutes, once: of an honest device nobody asks
 * again for the answer. A second holder does, and is a STRAY then.
 *
 * Whoever is not certain is answered at once and with nothing, while other open polls of the device are sent home: a second
 * holder then shows before either is given anything. Of an honest device this costs two short polls after each loss.
 *
 * <p>A copy that sleeps presents, when it wakes, what branched off long ago: STRAY at its first poll, or at its second if it
 * slept for less than five minutes.
 *
 * <p>A report shows the token that its agent holds, and moves nothing: it is taken when no doubt is about and its token is
 * one given, the last, or one of the few presented before that without a doubt, for polls overtake reports.
 *
 * @param last the token presented last; empty when none was; null when whichever of those given comes is right
 * @param given tokens given since then, the newest {@value #MOST}; none was presented yet
 * @param before tokens presented before, the newest {@value #MOST_BEFORE}, back to the last doubt
 * @param lately tokens presented before the last, whatever the doubts
 */
record Tokens(@Nullable String last, List<String> given, List<String> before, Lately lately) {
    /** An honest holder presents the newest; who loses more answers than this in a row has lost the older ones. */
    static final int MOST = 16;

    static final int MOST_BEFORE = 4;

    /** What a presented token is. */
    enum Verdict {
        /** Follows on what was given. */
        STEP,
        /** Was presented before, and nobody has gone on since. */
        REPEAT,
        /** Was presented lately, and somebody has gone on since: a poll that was given up, or a second holder. */
        LATE,
        /** Branched off before what was presented last. */
        STRAY
    }

    Tokens {
        given = List.copyOf(given);
        before = List.copyOf(before);
    }

    Tokens(@Nullable String last, List<String> given) {
        this(last, given, List.of(), Lately.NONE);
    }

    /** Before the first poll. */
    static Tokens none() {
        return new Tokens("", List.of());
    }

    /** @param presented empty for none */
    Verdict judge(String presented, Instant now) {
        if (given.contains(presented)) {
            return Verdict.STEP;
        }
        if (!presented.equals(last)) {
            return lately.has(presented, now) ? Verdict.LATE : Verdict.STRAY;
        }
        return given.isEmpty() ? Verdict.STEP : Verdict.REPEAT;
    }

    /** Whether one who steps now is the only one that can. */
    boolean certain() {
        return given.size() <= 1;
    }

    /** After a STEP or REPEAT was answered with a fresh token. */
    Tokens after(String presented, String fresh, Instant now) {
        if (judge(presented, now) != Verdict.REPEAT) {
            Lately after = last == null || presented.equals(last) ? lately : lately.with(last, now);
            return new Tokens(presented, List.of(fresh), beforeStep(presented), after);
        }
        List<String> all = new ArrayList<>(given.size() < MOST ? given : given.subList(1, given.size()));
        all.add(fresh);
        return new Tokens(last, all, before, lately);
    }

    /** After a LATE one was not answered: it counts neither as late nor for reports any more. */
    Tokens without(String late) {
        return new Tokens(
                last, given, before.stream().filter(one -> !one.equals(late)).toList(), lately.without(late));
    }

    private List<String> beforeStep(String presented) {
        if (!certain() || last == null) {
            return List.of();
        }
        List<String> presentedBefore = new ArrayList<>(before);
        if (!presented.equals(last)) {
            presentedBefore.add(last);
        }
        int most = Math.min(MOST_BEFORE, presentedBefore.size());
        return presentedBefore.subList(presentedBefore.size() - most, presentedBefore.size());
    }

    /** Whether a report that shows this token is the one holder's. */
    boolean mayReport(String shown) {
        return certain() && (shown.equals(last) || given.contains(shown) || before.contains(shown));
    }

    /** All that the holder in step may present next. */
    List<String> all() {
        List<String> all = new ArrayList<>(given);
        if (last != null) {
            all.add(last);
        }
        return all;
    }
}
