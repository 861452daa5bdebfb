package io.fairlead.enterprise.integration;

/**
 * How much goes on at once.
 *
 * @param calls of accounts; each takes a worker thread when its envelope was read
 * @param transfers among them, which may last for hours: so they leave as many places to whatever is over soon
 * @param strangers calls whose caller is not known before his envelope was read; of one address
 */
record Places(Turnstile calls, Turnstile transfers, Turnstile strangers) {
    static final int MOST_CALLS = 64;
    static final int MOST_TRANSFERS_OF_ONE = 4;

    Places() {
        this(
                new Turnstile("calls", MOST_CALLS, 8),
                new Turnstile("transfers", MOST_CALLS / 2, MOST_TRANSFERS_OF_ONE),
                new Turnstile("unknown calls", 16, 4));
    }
}
