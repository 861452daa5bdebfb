package io.fairlead.firewall.format;

import io.fairlead.firewall.Allowlist;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands at the head of a file: whose it is and which, and what to do with it.
 *
 * @param advice sentences of our own; how to load it, what it takes for granted, how to take it back
 */
record Preface(Allowlist list, List<String> advice) {
    private static final int TITLE = 100;

    /** With advice in lines, in which {@code RESOLVED} stands for when the names were resolved. */
    static Preface of(Allowlist list, String advice) {
        String at = String.valueOf(list.addresses().at());
        return new Preface(list, advice.replace("RESOLVED", at).lines().toList());
    }

    /** Each behind what makes a line a comment. */
    List<String> lines(String mark) {
        return sentences().map(each -> mark + " " + each).toList();
    }

    /** Comment lines, and an empty line behind them. */
    String text(String mark) {
        return lines(mark).stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n\n"));
    }

    /** All of it as one line. */
    String line() {
        return String.join(" ", sentences().toList());
    }

    private Stream<String> sentences() {
        return Stream.concat(
                Stream.of(
                        "Fairlead allowlist " + list.version() + ", issued " + list.issued() + ": "
                                + Comments.plain(list.title().value(), TITLE) + ".",
                        "This file only adds: it takes nothing away and changes nothing that is not its own."),
                advice.stream());
    }
}
