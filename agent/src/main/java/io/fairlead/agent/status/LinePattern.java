package io.fairlead.agent.status;

import io.fairlead.contract.agent.Severity;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a line of a log or of a command's output means. Each property may be fixed or taken from the line by a named
 * group of the same name; the group wins.
 *
 * <ul>
 *   <li>VALUE: needs the group {@code value}, and an item.
 *   <li>EVENT: needs a code. The text is the group {@code text}, or the line.
 *   <li>ALARM: needs a code to raise, or {@code clears} (a code to clear), or both.
 * </ul>
 *
 * The constructor throws IllegalArgumentException in words for the customer.
 */
public record LinePattern(
        Pattern match,
        Kind kind,
        Optional<String> item,
        Optional<String> code,
        Optional<String> clears,
        Optional<String> unit,
        Severity severity) {

    /** What a match yields. */
    public enum Kind {
        VALUE,
        EVENT,
        ALARM
    }

    public LinePattern {
        item.ifPresent(ContractLimits::requireName);
        code.ifPresent(ContractLimits::requireName);
        clears.ifPresent(ContractLimits::requireName);
        unit.ifPresent(ContractLimits::requireUnit);
        boolean hasItem = item.isPresent() || hasGroup(match, "item");
        boolean hasCode = code.isPresent() || hasGroup(match, "code");
        boolean hasClears = clears.isPresent() || hasGroup(match, "clears");
        if (kind == Kind.VALUE && !hasGroup(match, "value")) {
            throw new IllegalArgumentException("kind value needs a group (?<value>…) in match");
        }
        if (kind == Kind.VALUE && !hasItem) {
            throw new IllegalArgumentException("kind value needs item, or a group (?<item>…) in match");
        }
        if (kind == Kind.EVENT && !hasCode) {
            throw new IllegalArgumentException("kind event needs code, or a group (?<code>…) in match");
        }
        if (kind == Kind.ALARM && !hasCode && !hasClears) {
            throw new IllegalArgumentException(
                    "kind alarm needs code or clears, or a group (?<code>…) or (?<clears>…) in match");
        }
        if (kind == Kind.VALUE ? code.isPresent() : item.isPresent()) {
            throw new IllegalArgumentException("item goes with kind value, code with kind event or alarm");
        }
        if (kind != Kind.ALARM && clears.isPresent()) {
            throw new IllegalArgumentException("clears goes with kind alarm");
        }
    }

    /** Whether the pattern has a group of this name. Release 17 can only be asked by naming it a second time. */
    static boolean hasGroup(Pattern match, String name) {
        try {
            Pattern twice = Pattern.compile("(?<" + name + ">)" + match.pattern(), match.flags());
            return twice.pattern().isEmpty();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }
}
