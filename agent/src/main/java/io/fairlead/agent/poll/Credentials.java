package io.fairlead.agent.poll;

import io.fairlead.contract.agent.SignedAnchors;
import java.io.IOException;

/** This device's own papers, as the poll loop sees them. */
public interface Credentials {
    /** No poll is under way now: the newest certificate may come into use. */
    void betweenPolls();

    /** The number of the authorities that this device pins. */
    long anchors();

    /**
     * Takes in a statement of authorities, or refuses it for good; both are noted for the customer.
     *
     * @throws IOException when it is good and cannot be kept; it comes again
     */
    void offered(SignedAnchors anchors) throws IOException;

    /** The enterprise wants this device to have a new key now. */
    void renewNow();
}
