package io.fairlead.soap;

import io.fairlead.contract.agent.Poll;

/** A Poll in plain form: what its type requires is there, everything in the order of the schema. */
final class PlainPoll {
    private static final byte[] OPEN = Slot.ascii("<Poll xmlns=\"" + SoapNames.CONTRACT_NS + "\">");
    private static final byte[] CLOSE = Slot.ascii("</Poll>");
    private static final Slot DEVICE = Slot.element("device");
    private static final Slot HOLD = Slot.element("hold");
    private static final Slot JOURNALED = Slot.element("journaled");
    private static final Slot TOKEN = Slot.element("token");
    private static final Slot AGENT_VERSION = Slot.element("agentVersion");
    private static final Slot ANCHORS = Slot.element("anchors");
    private static final Slot CHECKPOINT = Slot.element("checkpoint");

    private PlainPoll() {}

    static Poll read(PlainReader in) {
        in.take(OPEN);
        Poll poll = new Poll();
        poll.setDevice(in.string(DEVICE));
        poll.setHold(hold(in.number(HOLD)));
        poll.setJournaled(in.number(JOURNALED));
        if (in.isAt(TOKEN)) {
            poll.setToken(in.string(TOKEN));
        }
        poll.setAgentVersion(in.string(AGENT_VERSION));
        if (in.isAt(ANCHORS)) {
            poll.setAnchors(in.number(ANCHORS));
        }
        if (in.isAt(CHECKPOINT)) {
            poll.setCheckpoint(in.flag(CHECKPOINT));
        }
        in.take(CLOSE);
        return poll;
    }

    static void write(Poll poll, PlainWriter out) {
        out.put(OPEN);
        out.string(DEVICE, poll.getDevice());
        out.number(HOLD, poll.getHold());
        out.number(JOURNALED, poll.getJournaled());
        if (poll.getToken() != null) {
            out.string(TOKEN, poll.getToken());
        }
        out.string(AGENT_VERSION, poll.getAgentVersion());
        if (poll.getAnchors() != null) {
            out.number(ANCHORS, poll.getAnchors());
        }
        if (poll.isCheckpoint() != null) {
            out.flag(CHECKPOINT, poll.isCheckpoint());
        }
        out.put(CLOSE);
    }

    private static int hold(long seconds) {
        if (seconds > Integer.MAX_VALUE) {
            throw new NotPlain();
        }
        return (int) seconds;
    }
}
