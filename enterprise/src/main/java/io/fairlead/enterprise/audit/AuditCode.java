package io.fairlead.enterprise.audit;

/**
 * What can be done, as it stands in the audit for ever: a code is never changed, never used for something else, and
 * never removed.
 */
public enum AuditCode {
    SERVER_STARTED("server.started"),
    SERVER_STOPPED("server.stopped"),
    DEVICE_REGISTERED("device.registered"),
    DEVICE_REVOKED("device.revoked"),
    DEVICE_MUTED("device.muted"),
    DEVICE_UNMUTED("device.unmuted"),
    DEVICE_STOLEN("device.stolen"),
    DEVICE_FOUND("device.found"),
    ENROLMENT_CODE_MADE("enrolment.code-made"),
    ENROLMENT_CODE_KILLED("enrolment.code-killed"),
    DEVICE_ENROLLED("enrolment.device-enrolled"),
    ENROLMENT_REPEATED("enrolment.repeated"),
    ENROLMENT_REFUSED("enrolment.refused"),
    CERTIFICATE_REVOKED("certificate.revoked"),
    CERTIFICATE_RENEWED("certificate.renewed"),
    CERTIFICATE_EXPIRING("certificate.expiring"),
    AUTHORITY_MADE("authority.made"),
    AUTHORITY_CHANGED("authority.changed"),
    INSTRUCTION_CREATED("instruction.created"),
    INSTRUCTION_FINISHED("instruction.finished"),
    INSTRUCTION_CANCELLED("instruction.cancelled"),
    CLONE_SUSPECTED("clone.suspected"),
    CLONE_HELD("clone.held"),
    CLONE_DECIDED("clone.decided"),
    CLONE_RELEASED("clone.released"),
    RESULT_UNKNOWN("instruction.result-unknown"),
    ALARM_ACKNOWLEDGED("alarm.acknowledged"),
    ALARM_COMMENTED("alarm.commented"),
    ALARM_CLOSED("alarm.closed"),
    NOTE_WRITTEN("note.written"),
    NOTE_EDITED("note.edited"),
    HISTORY_EXPORTED("history.exported"),
    LOGIN_SUCCEEDED("login.succeeded"),
    LOGIN_FAILED("login.failed"),
    LOGIN_CONFIRMED("login.confirmed"),
    LOGIN_ENDED("login.ended"),
    LOGIN_BLOCKED("login.blocked"),
    LOGIN_UNBLOCKED("login.unblocked"),
    LOGIN_PROXY_FAILURES("login.proxy-failures"),
    LOGIN_LINK_MADE("login.link-made"),
    PASSWORD_SET("login.password-set"),
    PASSWORDS_FORGOTTEN("login.passwords-forgotten"),
    PASSKEY_ADDED("login.passkey-added"),
    PASSKEY_REMOVED("login.passkey-removed"),
    PASSKEY_REFUSED("login.passkey-refused"),
    RETENTION_DROPPED("retention.dropped"),
    TRANSFER_REQUESTED("transfer.requested"),
    TRANSFER_OFFERED("transfer.offered"),
    TRANSFER_BEGUN("transfer.begun"),
    TRANSFER_RESTARTED("transfer.restarted"),
    TRANSFER_ENDED("transfer.ended"),
    /** Cancelled here, and done at the device all the same: the file is where it was to go. */
    TRANSFER_DONE_LATE("transfer.done-although-cancelled"),
    TRANSFER_SAVED("transfer.saved"),
    TRANSFER_LINK_MADE("transfer.link-made"),
    TRANSFER_LINK_USED("transfer.link-used"),
    TRANSFER_DELETED("transfer.deleted"),
    SESSION_REQUESTED("session.requested"),
    /** A person at the instrument is being asked. */
    SESSION_ASKED("session.asked"),
    SESSION_GRANTED("session.granted"),
    /** Declined, unanswered, or refused without asking. */
    SESSION_NOT_GRANTED("session.not-granted"),
    SESSION_ENDED("session.ended"),
    /** A device brought a receipt that is forged, another's, or does not fit. */
    SESSION_RECEIPT_REFUSED("session.receipt-refused"),
    SESSION_STREAM_ASKED("session.stream-asked"),
    SESSION_STREAM_OPENED("session.stream-opened"),
    SESSION_STREAM_ENDED("session.stream-ended"),
    SESSIONS_DROPPED("session.dropped"),
    /** It is complete; by the hash it is known again. */
    RECORDING_ENDED("recording.ended"),
    RECORDING_PLAYED("recording.played"),
    RECORDING_SAVED("recording.saved"),
    /** Longer than was fixed at its beginning. */
    RECORDING_KEPT("recording.kept-longer"),
    RECORDINGS_DELETED("recording.deleted"),
    PERSON_ADDED("person.added"),
    PERSON_CHANGED("person.changed"),
    PERSON_DISABLED("person.disabled"),
    PERSON_ENABLED("person.enabled"),
    GRANT_GIVEN("grant.given"),
    GRANT_WITHDRAWN("grant.withdrawn"),
    TRAINING_RECORDED("training.recorded"),
    TRAINING_WITHDRAWN("training.withdrawn"),
    PROPOSAL_MADE("proposal.made"),
    PROPOSAL_APPROVED("proposal.approved"),
    PROPOSAL_REJECTED("proposal.rejected"),
    DEVICES_EXPORTED("devices.exported"),
    RECORD_EXPORTED("record.exported"),
    AUDIT_VERIFIED("audit.verified"),
    AUDIT_EXPORTED("audit.exported");

    private final String code;

    AuditCode(String code) {
        this.code = code;
    }

    /** As it is stored: {@code thing.deed}, lower case. */
    public String code() {
        return code;
    }
}
