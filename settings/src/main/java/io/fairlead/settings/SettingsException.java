package io.fairlead.settings;

import java.util.List;

/** A configuration file that cannot be used. The message has a line for each fault, in the order of the file. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
    }
}
