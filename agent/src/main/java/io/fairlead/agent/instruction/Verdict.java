package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Order;

/** What {@link OrderVerifier} thinks of an instruction. */
public sealed interface Verdict {
    /** Genuine, for this device, new and in time. The bytes are those that were signed; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Accepted(Order order, byte[] bytes) implements Verdict {}

    /** As accepted, but for the time: it is journaled, never run, and reported REFUSED. */
    @SuppressWarnings("ArrayRecordComponent")
    record TooLate(Order order, byte[] bytes) implements Verdict {}

    /** Not to be believed, or not for us: it leaves no trace but a line in the local audit. */
    record Refused(Reason reason) implements Verdict {}

    /** Why an instruction is refused. The text is fixed. */
    enum Reason {
        SIZE("the order is empty or larger than 4,096 bytes"),
        NO_SIGNER("no signer's certificate came with it that has this key"),
        SIGNER("the signer's certificate was not issued for instructions by the pinned issuer, or is not valid now"),
        SIGNATURE("the signature is not over these bytes"),
        MALFORMED("the order is not one of this contract"),
        LABEL("the signed bytes are not labelled as an instruction"),
        DEVICE("the order is for another device"),
        ENROLMENT("the order is for another enrolment of this device"),
        SEQUENCE("the number inside the order differs from the one outside"),
        REPLAYED("the order's number was taken before");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
