package io.fairlead.enterprise.audit;

/**
 * What can be done, as it stands in the audit for ever: a code is never changed, never used for something else, and
 * never removed.
 */
public enum AuditCode {
    SERVER_STARTED("server.started"),
    SERVER_STOPPED("server.stopped"),
    ALLOWLIST_PUBLISHED("allowlist.published"),
    /** By which a customer's own list is fetched without a log-in. */
    ALLOWLIST_LINK_MADE("allowlist.link-made"),
    ALLOWLIST_LINK_REVOKED("allowlist.link-revoked"),
    DEVICE_REGISTERED("device.registered"),
    DEVICE_CHANGED("device.changed"),
    DEVICE_RETIRED("device.retired"),
    /** Back in service, without a certificate. */
    DEVICE_UNRETIRED("device.unretired"),
    DEVICE_REVOKED("device.revoked"),
    DEVICE_MUTED("device.muted"),
    DEVICE_UNMUTED("device.unmuted"),
    DEVICE_STOLEN("device.stolen"),
    DEVICE_FOUND("device.found"),
    /** What its own check of its site found. */
    DEVICE_REACH_REPORTED("device.reach-reported"),
    GROUP_MADE("group.made"),
    /** Its name, its description. */
    GROUP_CHANGED("group.changed"),
    GROUP_DELETED("group.deleted"),
    GROUP_DEVICE_ADDED("group.device-added"),
    GROUP_DEVICE_REMOVED("group.device-removed"),
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
    /** Another would like to look on. */
    SESSION_WATCH_ASKED("session.watch-asked"),
    SESSION_WATCH_ALLOWED("session.watch-allowed"),
    /** By a no, or by silence. */
    SESSION_WATCH_DECLINED("session.watch-declined"),
    SESSION_WATCH_ENDED("session.watch-ended"),
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
    /** An account's name and password, which were not taken. */
    ACCOUNT_REFUSED("account.refused"),
    /** What it asked for, and may not; once a minute of each operation. */
    ACCOUNT_FORBIDDEN("account.forbidden"),
    ACCOUNT_LIMITED("account.limited"),
    ACCOUNT_PASSWORD_MADE("account.password-made"),
    ACCOUNT_PASSWORD_FORGOTTEN("account.password-forgotten"),
    /** For the first time. */
    ACCOUNT_PASSWORD_USED("account.password-used"),
    ACCOUNT_PASSWORD_ENDING("account.password-ending"),
    /** With which it may call from now on. */
    ACCOUNT_CERTIFICATE_ADDED("account.certificate-added"),
    ACCOUNT_CERTIFICATE_REMOVED("account.certificate-removed"),
    /** For the first time. */
    ACCOUNT_CERTIFICATE_USED("account.certificate-used"),
    ACCOUNT_CERTIFICATE_ENDING("account.certificate-ending"),
    NOTIFICATION_HOST_NAMED("notification.host-named"),
    NOTIFICATION_HOST_FORGOTTEN("notification.host-forgotten"),
    NOTIFICATION_SUBSCRIBED("notification.subscribed"),
    NOTIFICATION_CHANGED("notification.changed"),
    NOTIFICATION_RESUMED("notification.resumed"),
    NOTIFICATION_UNSUBSCRIBED("notification.unsubscribed"),
    NOTIFICATION_SUSPENDED("notification.suspended"),
    NOTIFICATION_DROPPED("notification.dropped"),
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
