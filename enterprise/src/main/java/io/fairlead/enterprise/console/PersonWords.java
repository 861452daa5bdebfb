package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.kernel.PlainText;

/** What is typed about a person. */
record PersonWords(String name, String displayName, String organisation, String customer) {
    private static final int LONGEST = 128;

    static PersonWords ofNew(Form form) {
        String name = form.text("name", 2, 64);
        if (!name.matches("[a-z0-9][a-z0-9._@-]*")) {
            form.fault("name", "Small letters, digits and . _ @ - only; a letter or digit first.");
        }
        return new PersonWords(
                name, plain(form, "displayName", 1), plain(form, "organisation", 1), plain(form, "customer", 0));
    }

    static PersonWords ofChange(Form form) {
        return new PersonWords("", plain(form, "displayName", 1), plain(form, "organisation", 1), "");
    }

    static String plain(Form form, String field, int least) {
        String text = form.text(field, least, LONGEST);
        if (text.length() > LONGEST) {
            form.fault(field, "At most 128 characters, please.");
        }
        if (!PlainText.is(text)) {
            form.fault(field, "This has a character that cannot be shown.");
        }
        return text;
    }
}
