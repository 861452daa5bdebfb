package io.fairlead.firewall.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A catalogue that cannot be used. The message has a line for each fault, in the order of the text. */
public final class CatalogueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<CatalogueFault> faults;

    CatalogueException(String name, List<CatalogueFault> faults) {
        super(faults.stream().sorted().map(fault -> name + ":" + fault).collect(Collectors.joining("\n")));
        this.faults = faults.stream().sorted().toList();
    }

    /** In the order of the text; at least one. */
    public List<CatalogueFault> faults() {
        return faults;
    }
}
