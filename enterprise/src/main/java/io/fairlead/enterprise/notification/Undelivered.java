package io.fairlead.enterprise.notification;

/** Why a delivery was not taken, in words that tell nothing of the network it was tried in. */
public enum Undelivered {
    NOT_NAMED("No operator of the server names this host and port, or not for http."),
    NOT_VISIBLE("The account may no longer see what is subscribed to."),
    NOT_RESOLVED("The host's name has no address."),
    ADDRESS_REFUSED(
            "The host's name has an address that is not public, and is not in a network that an operator named."),
    NOT_REACHED("No connection came about."),
    NOT_BELIEVED("The host's certificate is not believed, or is another host's."),
    BROKEN("The connection broke before there was an answer."),
    TOO_SLOW("There was no whole answer within 15 seconds."),
    TOO_LONG("The answer is longer than 65,536 bytes."),
    REDIRECTED("The answer is a redirect; these are not followed."),
    STATUS("The answer has another status than 200: a fault, perhaps."),
    NO_ANSWER("The answer is no NotifyResponse of the contract.");

    private final String text;

    Undelivered(String text) {
        this.text = text;
    }

    /** For people; fixed. */
    public String text() {
        return text;
    }
}
