package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.Transfer;
import io.fairlead.contract.agent.TransferOffer;

/** A file on its way to the enterprise. One virtual user's own. */
final class Sending {
    private static final int CHUNK = 131_072;
    private static final int NOBODY_KNOWS = -1;

    private final String device;
    private final FileWanted wanted;
    private final FileContents.Content content;
    private int offset = NOBODY_KNOWS;

    Sending(String device, FileWanted wanted, FileContents.Content content) {
        this.device = device;
        this.wanted = wanted;
        this.content = content;
    }

    String transfer() {
        return wanted.transfer();
    }

    int size() {
        return content.size();
    }

    /** Whether the enterprise has said where to go on. */
    boolean isOffered() {
        return offset != NOBODY_KNOWS;
    }

    /** What will be sent. May be said again: the answer is where to go on. */
    Transfer offer() {
        String path = wanted.path();
        TransferOffer offer = new TransferOffer();
        offer.setName(path.substring(path.lastIndexOf('/') + 1));
        offer.setSize(content.size());
        offer.setSha256(content.sha256());
        Transfer transfer = new Transfer();
        transfer.setDevice(device);
        transfer.setId(wanted.transfer());
        transfer.setOffer(offer);
        return transfer;
    }

    /** Throws ArithmeticException or IllegalStateException for what is no place in the file. */
    void goOnAt(long from) {
        offset = Math.toIntExact(from);
        if (offset < 0 || offset >= content.size()) {
            throw new IllegalStateException("the enterprise wants bytes from " + from + " of " + content.size());
        }
    }

    private int length() {
        return Math.min(CHUNK, content.size() - offset);
    }

    /** Content-Range of the next chunk. */
    String range() {
        return "bytes " + offset + "-" + (offset + length() - 1) + "/" + content.size();
    }

    byte[] chunk(FileContents contents) {
        return contents.read(content, offset, length());
    }

    /** The chunk is on the enterprise's disk. After the last one, it is to be asked whether all is well. */
    void moved() {
        offset += length();
        if (offset == content.size()) {
            ask();
        }
    }

    /** The enterprise is to be asked where to go on. */
    void ask() {
        offset = NOBODY_KNOWS;
    }
}
