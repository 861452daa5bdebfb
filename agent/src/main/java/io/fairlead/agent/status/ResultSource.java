package io.fairlead.agent.status;

import com.fasterxml.jackson.core.JsonPointer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder into which an instrument writes result files.
 *
 * @param glob which files count
 * @param delimiter between columns of CSV
 * @param fromStart whether the files that are there when the folder is first seen count
 */
public record ResultSource(
        String name,
        Path folder,
        String glob,
        Format format,
        char delimiter,
        LogEncoding encoding,
        boolean fromStart,
        List<Item> items) {

    /** How the files are written. */
    public enum Format {
        CSV,
        JSON
    }

    /**
     * One value of a file.
     *
     * @param from the heading of a column (CSV) or a JSON pointer (RFC 6901)
     * @param item its name in messages
     */
    public record Item(String from, String item, Optional<String> unit) {
        public Item {
            ContractLimits.requireName(item);
            unit.ifPresent(ContractLimits::requireUnit);
        }
    }

    public ResultSource {
        ContractLimits.requireName(name);
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items is empty: nothing would be reported");
        }
        if (items.size() > MessageCutter.MAX_ITEMS) {
            throw new IllegalArgumentException("more than " + MessageCutter.MAX_ITEMS + " items");
        }
        if (format == Format.JSON) {
            for (Item item : items) {
                // Refuses what is no pointer.
                JsonPointer unused = JsonPointer.compile(item.from());
            }
        }
    }
}
