package io.fairlead.agent.kernel;

/** What the customer's audit file names. A code is stable and unique: people search for it, programs decide by it. */
public enum LocalAuditCode {
    AUDIT_MISSED("audit.missed"),
    AUDIT_CONTINUED("audit.continued"),
    CLOCK_WRONG("clock.wrong"),
    CLOCK_RIGHT("clock.right"),
    CLOCK_DOUBTFUL("clock.doubtful"),
    CLOCK_SERVER_DOUBTFUL("clock.server-doubtful"),
    AGENT_STARTED("agent.started"),
    AGENT_STOPPED("agent.stopped"),
    AGENT_STALLED("agent.stalled"),
    ENROLLED("identity.enrolled"),
    SET_ASIDE("identity.set-aside"),
    CERTIFICATE_RENEWED("identity.renewed"),
    CERTIFICATE_EXPIRING("identity.certificate-expiring"),
    ANCHORS_PINNED("identity.anchors-pinned"),
    ANCHORS_REFUSED("identity.anchors-refused"),
    LINK_UP("link.up"),
    LINK_DOWN("link.down"),
    REPORT_REJECTED("report.rejected"),
    REPORT_SET_ASIDE("report.set-aside"),
    REPORT_FOREIGN_ACK("report.foreign-acknowledgement"),
    FILE_TAIL_CUT("file.tail-cut"),
    FILE_DAMAGED("file.damaged"),
    OUTBOX_CREATED("outbox.created"),
    OUTBOX_DROPPED("outbox.dropped"),
    OUTBOX_UNREADABLE("outbox.unreadable"),
    OUTBOX_RENUMBERED("outbox.renumbered"),
    JOURNAL_CREATED("journal.created"),
    JOURNAL_REFUSED("journal.refused"),
    INSTRUCTION_RECEIVED("instruction.received"),
    INSTRUCTION_BEGUN("instruction.begun"),
    INSTRUCTION_FINISHED("instruction.finished"),
    INSTRUCTION_REFUSED("instruction.refused"),
    INSTRUCTION_FORGED("instruction.forged"),
    INSTRUCTION_INTERRUPTED("instruction.interrupted"),
    INSTRUCTION_REPORTED("instruction.reported"),
    CONSENT_ASKED("consent.asked"),
    CONSENT_NOT_ASKED("consent.not-asked"),
    CONSENT_APPROVED("consent.approved"),
    CONSENT_DECLINED("consent.declined"),
    CONSENT_EXPIRED("consent.expired"),
    CONSENT_ASK_AGAIN("consent.ask-again"),
    CONSENT_LATE("consent.late-answer"),
    CONSENT_STRANGER("consent.stranger"),
    CONSENT_CLOSED("consent.closed"),
    WITNESS_BEGUN("witness.begun"),
    WITNESS_CONTRADICTED("witness.contradicted"),
    WITNESS_REFUSED("witness.refused"),
    TRANSFER_BEGUN("transfer.begun"),
    /** By a person at the instrument. */
    TRANSFER_STOPPED("transfer.stopped-here"),
    TRANSFER_ENDED("transfer.ended"),
    SESSION_REQUESTED("session.requested"),
    SESSION_REFUSED("session.refused"),
    SESSION_GRANTED("session.granted"),
    SESSION_DECLINED("session.declined"),
    /** By a person at the instrument. */
    SESSION_STOPPED("session.stopped-here"),
    SESSION_ENDED("session.ended"),
    STREAM_OPENED("session.stream-opened"),
    STREAM_REFUSED("session.stream-refused"),
    STREAM_ENDED("session.stream-ended");

    private final String code;

    LocalAuditCode(String code) {
        this.code = code;
    }

    /** As it stands in the file. */
    public String code() {
        return code;
    }
}
