package io.fairlead.enterprise.instruction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several words on one instruction. */
final class Results {
    private Results() {}

    /** One statement updates a row once, so that only the first of each instruction is kept. */
    static List<Result> firstOfEach(List<Result> results) {
        Map<InstructionStore.Above, Result> first = new LinkedHashMap<>();
        for (Result result : results) {
            first.putIfAbsent(new InstructionStore.Above(result.device(), result.sequence()), result);
        }
        return new ArrayList<>(first.values());
    }
}
