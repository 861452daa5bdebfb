package io.fairlead.demo;

/** The demo's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
