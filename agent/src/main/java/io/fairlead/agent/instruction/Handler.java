package io.fairlead.agent.instruction;

import io.fairlead.contract.agent.Order;

/** Does what one kind of order asks for. Called by one thread, at most once for an order. */
@FunctionalInterface
public interface Handler {
    /**
     * Acts. Policy is the handler's: what it may not do it answers with {@link Handled#refused}.
     *
     * @throws Exception counts as FAILED, with a fixed text outward and the cause in the log
     */
    Handled handle(Order order) throws Exception;
}
