package io.fairlead.agent.status;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Severity;
import java.util.List;
import java.util.Optional;

/**
 * Into what a probe says what it sees. Anything may be said: names are made to fit the contract, texts are cut, numbers
 * that are not finite are dropped.
 */
public interface Findings {
    /** How items begin that the agent alone says, of itself: who writes a log or a result cannot name one. */
    String OWN = "agent/";

    /** A text about the agent itself, of an item that begins with {@value #OWN}. */
    void own(String item, String text);

    /** A number; of several for one item the last counts. */
    void number(String item, double number, Optional<String> unit);

    /** A text; of several for one item the last counts. */
    void text(String item, String text, Optional<String> unit);

    /** Closes a record: the values said since the last call belong together and are sent as they are, none dropped. */
    void endOfRecord();

    /** A record that is closed already. */
    void record(List<DataItem> values);

    /** A condition that is there; told onward only when it was not there before. */
    void raise(String code, Severity severity, String text);

    /** A condition that is no longer there; told onward only when it was there before. */
    void clear(String code);

    /** Something that happened. */
    void event(String code, Severity severity, String text);

    /**
     * What the probe wants to know after a restart, such as how far it has read. It is kept together with what was said
     * in the same look: never one without the other, whenever the agent dies.
     */
    void remember(String key, String value);

    /** The same, and it is on disk before the probe's next look, if the disk takes it. */
    void rememberFirst(String key, String value);

    /** A value as it stands in a file: a number where it reads as one, else a text. */
    default void value(String item, String value, Optional<String> unit) {
        String stripped = value.strip();
        if (NumberText.isNumber(stripped)) {
            number(item, Double.parseDouble(stripped), unit);
        } else {
            text(item, stripped, unit);
        }
    }
}
