package io.fairlead.enterprise.status;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One value of one item: either a finite number or a text.
 *
 * @param name a name of the contract
 * @param unit of the number, at most 16 characters; null for none
 */
public record DataItem(
        String name,
        @Nullable Double number,
        @Nullable String text,
        @Nullable String unit) {
    /** Throws a Refusal(INVALID) that says what is wrong. */
    public DataItem {
        Words.name("an item's name", name);
        if ((number == null) == (text == null)) {
            throw new Refusal(Fault.INVALID, "an item has a number or a text");
        }
        if (number != null && !Double.isFinite(number)) {
            throw new Refusal(Fault.INVALID, "an item's number is finite");
        }
        Words.text("an item's text", text);
        Words.unit(unit);
    }

    public static DataItem ofNumber(String name, double number, @Nullable String unit) {
        return new DataItem(name, number, null, unit);
    }

    public static DataItem ofText(String name, String text) {
        return new DataItem(name, null, text, null);
    }
}
