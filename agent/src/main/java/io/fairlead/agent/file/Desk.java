package io.fairlead.agent.file;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.kernel.LocalAudit;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What every transfer works with.
 *
 * @param stopping whether the agent ends: bytes stop at the next slice
 */
record Desk(
        FileRules rules,
        SiteWord word,
        Walk walk,
        TransferFolder folder,
        TransferLine line,
        Pacer pacer,
        DiskFloor disks,
        Clock clock,
        LocalAudit audit,
        BooleanSupplier stopping) {}
