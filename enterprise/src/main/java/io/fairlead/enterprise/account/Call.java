package io.fairlead.enterprise.account;

/**
 * What another system calls, as far as it is known. Texts that are longer than their bound are cut, what cannot be printed
 * becomes a question mark.
 *
 * @param service at most {@value #WORD} characters, as operation
 * @param correlation by which the log knows the call; at most {@value #WORD} characters
 */
public record Call(String service, String operation, String correlation) {
    /** Of which nothing is known. */
    public static final Call UNKNOWN = new Call("", "", "");

    static final int WORD = 64;

    public Call {
        service = bounded(service, WORD);
        operation = bounded(operation, WORD);
        correlation = bounded(correlation, WORD);
    }

    static String bounded(String text, int most) {
        String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > most ? printable.substring(0, most) : printable;
    }
}
