package io.fairlead.agent.site;

import io.fairlead.settings.Settings;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an action is allowed, and when.
 *
 * @param hours in the PC's time zone; empty: always. Outside them the action is refused, and nobody is asked
 */
public record SiteRule(Word word, Optional<Hours> hours) {
    /** The customer's word. */
    public enum Word {
        /** It is done. */
        ALLOW,
        /** A person at the instrument decides, each time. */
        ASK,
        /** It is refused. */
        DENY
    }

    /** What counts where the customer says nothing. */
    static SiteRule standard(SiteAction action) {
        return new SiteRule(action.standard(), Optional.empty());
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
            Word word = policy.choice(action.word(), Word.class, action.standard());
            rules.put(action, new SiteRule(word, SiteValues.optional(policy, action.word() + "-hours", Hours::parse)));
        }
        return rules;
    }

    /** Such as "allow 07:00-19:00". */
    public String words() {
        return word.name().toLowerCase(Locale.ROOT)
                + hours.map(when -> " " + when).orElse("");
    }

    /** Why the action may not be taken at this time of day; empty when it may, or a person may be asked. */
    public Optional<String> refusal(SiteAction action, LocalTime now) {
        if (word == Word.DENY) {
            return Optional.of("site.conf denies " + action.word());
        }
        if (hours.isPresent() && !hours.get().contains(now)) {
            return Optional.of("site.conf allows " + action.word() + " from " + hours.get() + " only");
        }
        return Optional.empty();
    }

    /** Whether a person has to be asked. */
    public boolean asks() {
        return word == Word.ASK;
    }
}
