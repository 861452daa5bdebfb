package io.fairlead.agent.app;

import io.fairlead.agent.instruction.Instructions;
import io.fairlead.agent.poll.Inbox;
import io.fairlead.contract.agent.SignedInstruction;
import java.io.IOException;
import java.util.List;

/** The instruction room, as the poll loop sees it. */
record InstructionInbox(Instructions instructions) implements Inbox {
    @Override
    public long journaled() {
        return instructions.journaled();
    }

    @Override
    public int accept(List<SignedInstruction> arrived, List<byte[]> signers) throws IOException {
        return instructions.accept(arrived, signers);
    }
}
