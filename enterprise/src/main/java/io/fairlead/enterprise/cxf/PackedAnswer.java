package io.fairlead.enterprise.cxf;

/**
 * An answer whose bytes go out behind it as an attachment (XOP), and are read when their turn has come.
 *
 * @param body the object that the contract has as the answer
 */
public record PackedAnswer(Object body) {}
