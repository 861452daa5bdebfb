package io.fairlead.enterprise.app;

/** What can be done about an account by its name alone. */
enum AccountDeed {
    ENABLE(
            "enable",
            "Lets a disabled account do again what its roles say. That waits for a second person once there is one."),
    FORGET_OLD("forget-old", "Ends all passwords of an account but the newest, at once.");

    private final String verb;
    private final String description;

    AccountDeed(String verb, String description) {
        this.verb = verb;
        this.description = description;
    }

    String verb() {
        return verb;
    }

    String description() {
        return description;
    }
}
