package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.instruction.Cancel;
import io.fairlead.contract.integration.instruction.CancelResponse;
import io.fairlead.contract.integration.instruction.Find;
import io.fairlead.contract.integration.instruction.FindById;
import io.fairlead.contract.integration.instruction.FindByIdResponse;
import io.fairlead.contract.integration.instruction.FindResponse;
import io.fairlead.contract.integration.instruction.FindResult;
import io.fairlead.contract.integration.instruction.FindResultResponse;
import io.fairlead.contract.integration.instruction.InstructionCriteria;
import io.fairlead.contract.integration.instruction.InstructionService;
import io.fairlead.contract.integration.instruction.NewInstruction;
import io.fairlead.contract.integration.instruction.Submit;
import io.fairlead.contract.integration.instruction.SubmitResponse;
import io.fairlead.enterprise.instruction.Instruction;
import io.fairlead.enterprise.instruction.InstructionQuery;
import io.fairlead.enterprise.instruction.InstructionSearch;
import io.fairlead.enterprise.instruction.Instructions;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.vertx.core.Future;

/** InstructionService: what devices are told to do. */
public final class InstructionOperations implements IntegrationService {
    private final Instructions instructions;
    private final InstructionSearch search;

    public InstructionOperations(Instructions instructions, InstructionSearch search) {
        this.instructions = instructions;
        this.search = search;
    }

    @Override
    public Class<InstructionService> contract() {
        return InstructionService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Submit.class, this::submit);
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(FindResult.class, this::findResult);
        operations.answer(Cancel.class, this::cancel);
    }

    private Future<SubmitResponse> submit(Caller caller, Submit request) {
        return Bulk.run(
                        caller,
                        request.getInstruction(),
                        NewInstruction::getRef,
                        each -> instructions
                                .create(InstructionWords.wish(caller.actor(), each))
                                .map(number -> new Bulk.Done(each.getDevice() + "/" + number, null)))
                .map(result -> {
                    SubmitResponse response = new SubmitResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        InstructionCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        InstructionQuery query = new InstructionQuery(
                InstructionWords.filter(wanted),
                InstructionWords.sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
        return search.page(caller.actor(), query).map(found -> {
            FindResponse response = new FindResponse();
            response.setPage(InstructionWords.page(found, paging.size()));
            return response;
        });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return one(caller, request.getId()).map(found -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setInstruction(InstructionWords.instruction(found));
            return response;
        });
    }

    private Future<FindResultResponse> findResult(Caller caller, FindResult request) {
        return one(caller, request.getId()).map(found -> {
            FindResultResponse response = new FindResultResponse();
            response.setResult(InstructionWords.result(found));
            return response;
        });
    }

    private Future<Instruction> one(Caller caller, String id) {
        InstructionId wanted = InstructionId.of(id);
        return instructions
                .find(caller.actor(), wanted.device(), wanted.number())
                .map(found -> found.orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "instruction=" + id)))
                .recover(InstructionOperations::noInstruction);
    }

    private Future<CancelResponse> cancel(Caller caller, Cancel request) {
        return Bulk.run(caller, request.getId(), each -> null, each -> {
                    InstructionId id = InstructionId.of(each);
                    return instructions
                            .cancel(caller.actor(), id.device(), id.number(), request.getReason())
                            .recover(InstructionOperations::noInstruction)
                            .map(done -> new Bulk.Done(each, null));
                })
                .map(result -> {
                    CancelResponse response = new CancelResponse();
                    response.setResult(result);
                    return response;
                });
    }

    /** Who asks for an instruction is told of that, not of its device. */
    private static <T> Future<T> noInstruction(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Refusal refusal && refusal.fault() == Fault.UNKNOWN_DEVICE
                        ? new Refusal(Fault.NOT_FOUND, "of a device that is none for this account", refusal)
                        : failure);
    }
}
