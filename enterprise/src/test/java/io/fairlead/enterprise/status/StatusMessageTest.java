package io.fairlead.enterprise.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.fleet.TestFleet;
import io.fairlead.enterprise.instruction.Outcome;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMessageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final DataItem ITEM = DataItem.ofNumber("a", 1, null);

    private static StatusMessage message(List<DataItem> items, List<AlarmChange> alarms) {
        return new StatusMessage(1, NOW, items, alarms, List.of(), List.of());
    }

    private static void refused(Fault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "pc.cpu", "A1_/:-.x", "0"})
    void a_name_of_the_contract_is_taken(String name) {
        assertThatCode(() -> DataItem.ofText(name, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".a", "a b", "a\n", "ä", "a\u0000", "a<b"})
    void another_name_is_refused(String name) {
        refused(Fault.INVALID, () -> DataItem.ofText(name, ""));
        refused(Fault.INVALID, () -> new AlarmChange(name, Severity.INFO, null, true));
        refused(Fault.INVALID, () -> new DeviceEvent(name, Severity.INFO, ""));
    }

    @Test
    void lengths_are_counted_in_characters() {
        String longest = "\ud83d\ude00".repeat(1_024);
        assertThatCode(() -> DataItem.ofText("a", longest)).doesNotThrowAnyException();
        refused(Fault.INVALID, () -> DataItem.ofText("a", longest + "x"));
        refused(Fault.INVALID, () -> DataItem.ofText("a".repeat(65), ""));
        refused(Fault.INVALID, () -> DataItem.ofNumber("a", 1, "x".repeat(17)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0001", "\ud800", "\udc00x", "x\ud800y", "\u001b[31m"})
    void a_text_that_is_none_is_refused(String text) {
        refused(Fault.INVALID, () -> DataItem.ofText("a", text));
        refused(Fault.INVALID, () -> new DeviceEvent("a", Severity.INFO, text));
        refused(Fault.INVALID, () -> new InstructionResult(1, Outcome.DONE, text, NOW));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_number_is_finite(double number) {
        refused(Fault.INVALID, () -> DataItem.ofNumber("a", number, null));
    }

    @Test
    void an_item_has_either_a_number_or_a_text() {
        refused(Fault.INVALID, () -> new DataItem("a", null, null, null));
        refused(Fault.INVALID, () -> new DataItem("a", 1.0, "x", null));
    }

    @Test
    void an_item_is_named_once_and_so_is_an_alarm() {
        refused(Fault.DUPLICATE_ITEM, () -> message(List.of(ITEM, DataItem.ofText("a", "x")), List.of()));
        AlarmChange alarm = new AlarmChange("E", Severity.ERROR, null, true);
        refused(Fault.INVALID, () -> message(List.of(), List.of(alarm, alarm)));
    }

    @Test
    void no_device_raises_or_clears_the_enterprises_own_alarms() {
        refused(Fault.INVALID, () -> new AlarmChange("fairlead/two-holders", Severity.INFO, null, false));
    }

    @Test
    void a_message_is_bounded() {
        refused(Fault.INVALID, () -> message(Collections.nCopies(201, ITEM), List.of()));
        refused(Fault.INVALID, () -> new StatusMessage(0, NOW, List.of(), List.of(), List.of(), List.of()));
        refused(Fault.INVALID, () -> new StatusMessage(1, Instant.MAX, List.of(), List.of(), List.of(), List.of()));
        refused(Fault.INVALID, () -> new InstructionResult(0, Outcome.DONE, "", NOW));
        refused(Fault.INVALID, () -> new InstructionResult(1, Outcome.DONE, "", Instant.MIN));
    }

    @Test
    void what_is_left_of_an_unfit_message_is_cut() {
        assertThat(new Parsed.Unfit(1, Fault.INVALID, new byte[70_000]).body()).hasSize(65_536);
    }

    @Test
    void a_report_rises_in_sequence_and_is_bounded() {
        DeviceId device = new DeviceId("d");
        String epoch = TestFleet.hex(1);
        Parsed one = new Parsed.Unfit(1, Fault.INVALID, new byte[0]);
        refused(Fault.INVALID, () -> new Report(device, epoch, null, NOW, 0, List.of(one, one)));
        refused(Fault.INVALID, () -> new Report(device, "E" + epoch.substring(1), null, NOW, 0, List.of()));
        refused(Fault.INVALID, () -> new Report(device, epoch, null, NOW, -1, List.of()));
        refused(Fault.INVALID, () -> new Report(device, epoch, null, Instant.MIN, 0, List.of()));
        assertThatCode(() -> new Report(device, epoch, null, NOW, 0, List.of())).doesNotThrowAnyException();
    }
}
