package io.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.site.TuningKey;
import io.fairlead.enterprise.console.TuningChoice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the console offers to set is what agents of this version take. */
class TuningChoicesTest {
    @Test
    void the_console_offers_every_key_with_the_bounds_that_the_agent_has() {
        assertThat(TuningChoice.KNOWN)
                .extracting(choice -> choice.key() + " " + choice.standard() + " " + choice.least() + " "
                        + choice.most() + " " + choice.unit())
                .containsExactlyElementsOf(Arrays.stream(TuningKey.values())
                        .map(key -> key.key() + " " + key.standard() + " " + key.least() + " " + key.most() + " "
                                + key.unit())
                        .toList());
    }
}
