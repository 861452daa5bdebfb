package io.fairlead.agent.file;

import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Pace;
import io.fairlead.contract.agent.Protection;
import io.fairlead.contract.agent.TransferEnd;
import io.fairlead.contract.agent.TransferOffer;
import io.fairlead.contract.agent.TransferResponse;
import java.time.Duration;

/** What transfers say to the enterprise: the contract's operation Transfer, and the bytes beside it. Thread-safe. */
final class TransferLine {
    static final String ACTION = "urn:fairlead:agent-channel:1/Transfer";
    private static final Duration READ = Duration.ofSeconds(30);

    private final Link link;
    private final FileLink files;
    private final String device;

    TransferLine(Link link, String device) {
        this.link = link;
        this.files = link.files();
        this.device = device;
    }

    /** Says that a file is here to be sent, and hears where to go on. */
    TransferResponse offer(Transfer transfer) throws LinkException {
        TransferOffer offer = new TransferOffer();
        offer.setName(transfer.sealed() ? transfer.name() + ".p7m" : transfer.name());
        offer.setSize(transfer.size());
        offer.setSha256(transfer.sha256());
        offer.setProtection(transfer.sealed() ? Protection.CMS : Protection.NONE);
        io.fairlead.contract.agent.Transfer said = about(transfer);
        said.setOffer(offer);
        return call(said);
    }

    /** Says how a transfer ended. */
    TransferResponse end(Transfer transfer, Transfer.End how) throws LinkException {
        TransferEnd end = new TransferEnd();
        end.setOutcome(how.outcome());
        end.setDetail(how.detail());
        io.fairlead.contract.agent.Transfer said = about(transfer);
        said.setEnd(end);
        return call(said);
    }

    FileLink.Answer put(Transfer transfer, long from, byte[] chunk, Pace pace) throws LinkException {
        return files.put(transfer.id(), from, transfer.size(), chunk, pace);
    }

    FileLink.Answer get(Transfer transfer, long from, int length, Pace pace) throws LinkException {
        return files.get(transfer.id(), from, length, pace);
    }

    private io.fairlead.contract.agent.Transfer about(Transfer transfer) {
        io.fairlead.contract.agent.Transfer said = new io.fairlead.contract.agent.Transfer();
        said.setDevice(device);
        said.setId(transfer.id());
        return said;
    }

    private TransferResponse call(io.fairlead.contract.agent.Transfer said) throws LinkException {
        TransferResponse answer = link.call(ACTION, said, TransferResponse.class, READ);
        if (answer.getState() == null || !said.getId().equals(answer.getId()) || answer.getOffset() < 0) {
            throw LinkException.badAnswer("the answer is about another transfer, or says nothing");
        }
        return answer;
    }
}
