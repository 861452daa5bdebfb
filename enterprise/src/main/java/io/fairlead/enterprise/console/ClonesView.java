package io.fairlead.enterprise.console;

import io.fairlead.enterprise.fleet.HeldDevice;
import java.util.List;

/** The identities that are held. */
public record ClonesView(List<HeldDevice> held) {
    public ClonesView {
        held = List.copyOf(held);
    }
}
