package io.fairlead.enterprise.instruction;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/**
 * A page of instructions that somebody wants.
 *
 * @param page from 1; one beyond the last is answered with the last
 * @param size 1 to 500
 */
public record InstructionQuery(InstructionFilter filter, Sort sort, boolean descending, int page, int size) {
    private static final int LARGEST = 500;

    /** By what they are put in order; equal ones by device and number. */
    public enum Sort {
        CREATED("i.created_at%1$s, i.device%1$s, i.sequence%1$s"),
        DEVICE("i.device%1$s, i.sequence%1$s");

        private final String columns;

        Sort(String columns) {
            this.columns = columns;
        }

        String orderBy(boolean descending) {
            return columns.formatted(descending ? " DESC" : "");
        }
    }

    /** Throws a Refusal(INVALID) that says what is wrong. */
    public InstructionQuery {
        if (page < 1 || size < 1 || size > LARGEST) {
            throw new Refusal(Fault.INVALID, "a page has a number from 1 and 1 to 500 instructions");
        }
    }
}
