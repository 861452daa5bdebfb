package io.fairlead.enterprise.app;

/** The enterprise server's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
