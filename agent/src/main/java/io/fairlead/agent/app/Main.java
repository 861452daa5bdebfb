package io.fairlead.agent.app;

/** The agent's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
