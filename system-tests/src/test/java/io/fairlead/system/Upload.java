package io.fairlead.system;

import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Pace;
import io.fairlead.contract.agent.Protection;
import io.fairlead.contract.agent.Transfer;
import io.fairlead.contract.agent.TransferOffer;
import io.fairlead.contract.agent.TransferResponse;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** A file that a test sends as a device would, and what was acknowledged of it. */
final class Upload {
    static final int CHUNK = FileLink.MAX_CHUNK;

    private final String id;
    private final byte[] file;
    private long acknowledged;

    Upload(String id, long seed, int length) {
        this.id = id;
        this.file = new byte[length];
        new Random(seed).nextBytes(file);
    }

    String id() {
        return id;
    }

    byte[] file() {
        return file;
    }

    String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    }

    /** Up to where the server has said that it is on disk. */
    long acknowledged() {
        return acknowledged;
    }

    /** Says what it is, and goes on where the server wants it. */
    TransferResponse offer(TestDevice by, String name) throws Exception {
        TransferOffer offer = new TransferOffer();
        offer.setName(name);
        offer.setSize(file.length);
        offer.setSha256(sha256());
        offer.setProtection(Protection.NONE);
        Transfer transfer = new Transfer();
        transfer.setId(id);
        transfer.setOffer(offer);
        TransferResponse response = by.say(transfer);
        acknowledged = response.getOffset();
        return response;
    }

    /** Sends the next chunk. */
    FileLink.Answer next(TestDevice by) throws LinkException {
        int first = Math.toIntExact(acknowledged);
        byte[] chunk = Arrays.copyOfRange(file, first, Math.min(file.length, first + CHUNK));
        FileLink.Answer answer = by.files().put(id, first, file.length, chunk, Pace.NONE);
        if (answer.good()) {
            acknowledged += chunk.length;
        }
        return answer;
    }
}
