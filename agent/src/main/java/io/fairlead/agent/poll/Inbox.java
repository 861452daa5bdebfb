package io.fairlead.agent.poll;

import io.fairlead.contract.agent.SignedInstruction;
import java.io.IOException;
import java.util.List;

/** Where instructions go, as the poll loop sees it. */
public interface Inbox {
    /** The highest instruction whose receipt is on disk; 0 for none. */
    long journaled();

    /**
     * Judges, and writes down what is to be done; acting is another thread's.
     *
     * @param signers certificates in DER that came beside
     * @return how many were taken in
     * @throws IOException when the journal takes nothing; the same instructions come again
     */
    int accept(List<SignedInstruction> instructions, List<byte[]> signers) throws IOException;
}
