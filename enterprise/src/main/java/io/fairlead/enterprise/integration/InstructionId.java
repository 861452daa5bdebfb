package io.fairlead.enterprise.integration;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** How the contract names an instruction: its device, a slash, its number there. */
record InstructionId(DeviceId device, long number) {
    /**
     * Throws a Refusal(NOT_FOUND) for a number that is beyond all that are given.
     *
     * @param text of the contract's pattern
     */
    static InstructionId of(String text) {
        int slash = text.indexOf('/');
        try {
            return new InstructionId(new DeviceId(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new Refusal(Fault.NOT_FOUND, "instruction=" + text);
        }
    }

    @Override
    public String toString() {
        return device + "/" + number;
    }
}
