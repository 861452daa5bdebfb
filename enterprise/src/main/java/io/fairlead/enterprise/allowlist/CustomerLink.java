package io.fairlead.enterprise.allowlist;

import io.fairlead.firewall.Cidr;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link by which one customer's list is fetched without a log-in. Its secret is not in it.
 *
 * @param purpose for whom or what it is, in the words of whoever made it
 * @param sources from which networks the instruments dial, as it was made; none for anywhere
 * @param madeBy as the audit names him
 * @param usedOn the last day on which it was used, UTC; null when it never was
 */
public record CustomerLink(
        long id,
        String customer,
        String purpose,
        List<Cidr> sources,
        Instant madeAt,
        String madeBy,
        @Nullable LocalDate usedOn) {
    public CustomerLink {
        sources = List.copyOf(sources);
    }
}
