package io.fairlead.enterprise.agentlane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.enterprise.status.Parsed;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.XmlReaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusMessagesTest {
    private final StatusMessages messages = new StatusMessages(new Documents(XmlReaders.ofJdk()));

    @Test
    void a_message_that_does_not_fit_and_cannot_be_written_either_is_unfit_like_any_other() {
        DataItem item = new DataItem();
        item.setName("lamp\u0001hours");
        StatusMessage wire = new StatusMessage();
        wire.setSequence(42);
        wire.getItem().add(item);

        assertThat(messages.parse(wire)).isInstanceOfSatisfying(Parsed.Unfit.class, unfit -> {
            assertThat(unfit.sequence()).isEqualTo(42);
            assertThat(unfit.fault()).isEqualTo(Fault.INVALID);
            assertThat(new String(unfit.body(), StandardCharsets.UTF_8)).contains("lamp\u0001hours");
        });
    }
}
