package io.fairlead.agent.app;

import io.fairlead.settings.Settings;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an action is allowed, and when.
 *
 * @param hours in the PC's time zone; empty: always
 */
public record SiteRule(boolean allowed, Optional<Hours> hours) {
    /** Routine actions are allowed unless the customer says otherwise. */
    public static final SiteRule ALLOW = new SiteRule(true, Optional.empty());

    /** ASK is for actions that have somebody to ask: those that place files or open a session. */
    private enum Word {
        ALLOW,
        ASK,
        DENY
    }

    /** From a time of day to another, over midnight where the second is earlier. The end is no longer within. */
    public record Hours(LocalTime from, LocalTime to) {
        public Hours {
            if (from.equals(to)) {
                throw new IllegalArgumentException("begins and ends at the same time");
            }
        }

        static Hours parse(String text) {
            int dash = text.indexOf('-');
            try {
                return new Hours(
                        LocalTime.parse(text.substring(0, Math.max(dash, 0)).strip()),
                        LocalTime.parse(text.substring(dash + 1).strip()));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(SiteValues.quoted(text) + " is not HH:MM-HH:MM", e);
            }
        }

        public boolean contains(LocalTime time) {
            boolean begun = !time.isBefore(from);
            boolean over = !time.isBefore(to);
            return from.isBefore(to) ? begun && !over : begun || !over;
        }

        @Override
        public String toString() {
            return from + "-" + to;
        }
    }

    static Map<SiteAction, SiteRule> policy(Settings policy) {
        Map<SiteAction, SiteRule> rules = new EnumMap<>(SiteAction.class);
        for (SiteAction action : SiteAction.values()) {
            Word word = policy.choice(action.word(), Word.class, Word.ALLOW);
            if (word == Word.ASK) {
                policy.refuse(action.word(), "is \"ask\", but this action cannot ask; say allow or deny");
            }
            rules.put(
                    action,
                    new SiteRule(
                            word == Word.ALLOW, SiteValues.optional(policy, action.word() + "-hours", Hours::parse)));
        }
        return rules;
    }

    /** Why the action may not be taken at this time of day; empty when it may. */
    public Optional<String> refusal(SiteAction action, LocalTime now) {
        if (!allowed) {
            return Optional.of("site.conf denies " + action.word());
        }
        if (hours.isPresent() && !hours.get().contains(now)) {
            return Optional.of("site.conf allows " + action.word() + " from " + hours.get() + " only");
        }
        return Optional.empty();
    }
}
