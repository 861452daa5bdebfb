package io.fairlead.agent.remote;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Relays;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What every session works with. */
record Desk(
        SessionSite site,
        Asking asking,
        Supplier<Identity> identity,
        Relays relays,
        SessionVoice voice,
        Receipts receipts,
        Transcripts transcripts,
        LongSupplier nanos,
        Clock clock,
        LocalAudit audit) {}
