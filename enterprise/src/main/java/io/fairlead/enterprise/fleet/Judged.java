package io.fairlead.enterprise.fleet;

import io.fairlead.soap.Refusal;

/** What became of a poll's contact; to be asked for once its transaction is committed. */
public sealed interface Judged permits Rolled, TurnedAway {
    /**
     * What the poll goes on with.
     *
     * @throws Refusal IDENTITY_HELD or CERTIFICATE_REVOKED, after what was noted
     */
    Rolled rolled();
}
