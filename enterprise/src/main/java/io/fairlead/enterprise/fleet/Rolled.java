package io.fairlead.enterprise.fleet;

/**
 * A poll's contact, taken.
 *
 * @param token to be given with the answer, 32 hexadecimal digits
 * @param turn counts the device's polls: an instruction goes out with the newest only
 * @param certain nobody else can hold this identity now; else the poll is answered at once, with nothing
 * @param journaledRose the agent has journaled instructions since its last poll
 * @param renew its certificate is to be renewed now, with a new key
 */
public record Rolled(String token, long turn, boolean certain, boolean journaledRose, boolean renew) implements Judged {
    @Override
    public Rolled rolled() {
        return this;
    }
}
