package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.instruction.Instruction;
import io.fairlead.contract.integration.instruction.InstructionCriteria;
import io.fairlead.contract.integration.instruction.InstructionList;
import io.fairlead.contract.integration.instruction.InstructionPage;
import io.fairlead.contract.integration.instruction.InstructionResult;
import io.fairlead.contract.integration.instruction.InstructionSort;
import io.fairlead.contract.integration.instruction.InstructionState;
import io.fairlead.contract.integration.instruction.NewInstruction;
import io.fairlead.enterprise.fleet.DeviceId;
import io.fairlead.enterprise.instruction.Act;
import io.fairlead.enterprise.instruction.Instruction.State;
import io.fairlead.enterprise.instruction.InstructionFilter;
import io.fairlead.enterprise.instruction.InstructionQuery;
import io.fairlead.enterprise.instruction.InstructionSearch;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.enterprise.instruction.Wish;
import io.fairlead.enterprise.people.Actor;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's words for instructions, and ours. */
final class InstructionWords {
    private InstructionWords() {}

    /** Throws a Refusal(INVALID) for what does not go together. */
    static Wish wish(Actor actor, NewInstruction wanted) {
        Duration validity =
                wanted.getValidSeconds() == null ? Instructions.VALIDITY : Duration.ofSeconds(wanted.getValidSeconds());
        return new Wish(actor, new DeviceId(wanted.getDevice()), act(wanted), validity, wanted.getReason());
    }

    private static Act act(NewInstruction wanted) {
        String name = wanted.getName();
        String value = wanted.getValue();
        return switch (wanted.getKind()) {
            case COLLECT -> alone(wanted, new Act.Collect());
            case RESTART -> alone(wanted, new Act.Restart());
            case DIAGNOSE -> {
                if (value != null) {
                    throw new Refusal(Fault.INVALID, "diagnose has no value");
                }
                yield new Act.Diagnose(needed(name, "diagnose has a name"));
            }
            case SET -> new Act.SetKey(needed(name, "set has a name"), needed(value, "set has a value"));
        };
    }

    private static Act alone(NewInstruction wanted, Act act) {
        if (wanted.getName() != null || wanted.getValue() != null) {
            throw new Refusal(Fault.INVALID, act.kind() + " has neither name nor value");
        }
        return act;
    }

    private static String needed(@Nullable String said, String rule) {
        if (said == null) {
            throw new Refusal(Fault.INVALID, rule);
        }
        return said;
    }

    static InstructionFilter filter(InstructionCriteria wanted) {
        return new InstructionFilter(
                wanted.getDevice() == null ? null : new DeviceId(wanted.getDevice()),
                wanted.getKind(),
                wanted.getState().stream()
                        .map(state -> State.valueOf(state.value().toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                wanted.getCreatedBy(),
                wanted.getCreatedFrom(),
                wanted.getCreatedTo());
    }

    static InstructionQuery.Sort sort(@Nullable InstructionSort by) {
        return by == InstructionSort.DEVICE ? InstructionQuery.Sort.DEVICE : InstructionQuery.Sort.CREATED;
    }

    static InstructionPage page(InstructionSearch.Page found, int size) {
        InstructionList list = new InstructionList();
        found.instructions().forEach(each -> list.getInstruction().add(instruction(each)));
        InstructionPage page = new InstructionPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setInstructions(list);
        return page;
    }

    static Instruction instruction(io.fairlead.enterprise.instruction.Instruction found) {
        Instruction instruction = new Instruction();
        instruction.setId(id(found));
        instruction.setDevice(found.device().value());
        instruction.setKind(found.kind());
        instruction.setSubject(found.subject());
        instruction.setState(state(found.state()));
        instruction.setReason(found.reason());
        instruction.setCreatedBy(found.createdBy());
        instruction.setCreatedAt(found.createdAt());
        instruction.setNotAfter(found.notAfter());
        instruction.setJournaledAt(found.journaledAt());
        instruction.setDetail(detail(found));
        instruction.setFinishedAt(found.finishedAt());
        instruction.setReportedAt(found.reportedAt());
        return instruction;
    }

    static InstructionResult result(io.fairlead.enterprise.instruction.Instruction found) {
        InstructionResult result = new InstructionResult();
        result.setId(id(found));
        result.setState(state(found.state()));
        result.setFinished(found.outcome() != null);
        result.setDetail(detail(found));
        result.setFinishedAt(found.finishedAt());
        result.setReportedAt(found.reportedAt());
        return result;
    }

    private static String id(io.fairlead.enterprise.instruction.Instruction found) {
        return new InstructionId(found.device(), found.sequence()).toString();
    }

    private static InstructionState state(State state) {
        return InstructionState.fromValue(state.name().toLowerCase(Locale.ROOT));
    }

    /** What an agent says nothing with is nothing. */
    private static @Nullable String detail(io.fairlead.enterprise.instruction.Instruction found) {
        String detail = found.detail();
        return detail == null || detail.isEmpty() ? null : detail;
    }
}
