package io.fairlead.agent.status;

import io.fairlead.contract.agent.DataItem;
import java.util.Optional;

/** A value that waits for the next sample, as a bookmark: {@code n} or {@code t}, length of the unit, blank, unit, value. */
final class WaitingValue {
    private WaitingValue() {}

    static String write(DataItem value) {
        String unit = value.getUnit() == null ? "" : value.getUnit();
        return value.getNumber() == null
                ? "t" + unit.length() + " " + unit + value.getText()
                : "n" + unit.length() + " " + unit + value.getNumber();
    }

    /** The value; empty when it was not written so. */
    static Optional<DataItem> read(String item, String text) {
        try {
            int blank = text.indexOf(' ');
            int unitEnd = blank + 1 + Integer.parseInt(text, 1, blank, 10);
            DataItem value = new DataItem();
            value.setName(item);
            if (unitEnd > blank + 1) {
                value.setUnit(text.substring(blank + 1, unitEnd));
            }
            if (text.charAt(0) == 'n') {
                value.setNumber(Double.parseDouble(text.substring(unitEnd)));
            } else {
                value.setText(text.substring(unitEnd));
            }
            return Optional.of(value);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
