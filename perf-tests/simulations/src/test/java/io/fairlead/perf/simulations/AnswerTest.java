package io.fairlead.perf.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.Fault;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private final SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));

    private Answer<ReportResponse> answer(Fault fault) {
        return Answer.read(codec, codec.fault(fault, "c0ffee"), ReportResponse.class);
    }

    @Test
    void who_is_told_when_to_come_again_has_not_failed_and_comes_no_sooner() {
        Answer<ReportResponse> shed = answer(Fault.BUSY).orFailed();

        assertThat(shed.isShed()).isTrue();
        assertThat(shed.taken()).isEmpty();
        assertThat(shed.pause())
                .isBetween(
                        Duration.ofSeconds(shed.retryAfterSeconds()),
                        Duration.ofSeconds(2L * shed.retryAfterSeconds()));
    }

    @Test
    void a_fault_that_no_waiting_cures_is_a_failure() {
        assertThatThrownBy(() -> answer(Fault.WRONG_DEVICE).orFailed()).hasMessageContaining("wrong-device");
    }
}
