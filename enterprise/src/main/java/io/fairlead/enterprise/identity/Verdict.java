package io.fairlead.enterprise.identity;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** What the rows say of a device's certificate. */
enum Verdict {
    GOOD,
    /** Two holders are known; nothing passes until a person has decided. */
    HELD,
    REVOKED;

    /** @throws Refusal unless it is good, or held and that is no matter */
    void mustPass(DeviceIdentity identity, boolean heldToo) {
        if (this == REVOKED || (this == HELD && !heldToo)) {
            throw new Refusal(
                    this == HELD ? Fault.IDENTITY_HELD : Fault.CERTIFICATE_REVOKED,
                    "device=" + identity.device() + " serial=" + identity.serial());
        }
    }
}
