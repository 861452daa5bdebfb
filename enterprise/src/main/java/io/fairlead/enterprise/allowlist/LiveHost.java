package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Remark;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A host name under which a node listens, as its configuration has it.
 *
 * @param host a name or an address, as it was written
 * @param ports that whoever dials it needs
 * @param furtherPorts that are dialled as well, and that nothing needs
 * @param required whether instruments fail without it
 */
public record LiveHost(
        String host,
        Remark purpose,
        SortedSet<Integer> ports,
        SortedSet<Integer> furtherPorts,
        boolean required,
        List<Remark> notes) {
    public LiveHost {
        ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
        furtherPorts = Collections.unmodifiableSortedSet(new TreeSet<>(furtherPorts));
        notes = List.copyOf(notes);
    }
}
