package io.fairlead.enterprise.console;

import io.fairlead.enterprise.account.Account;
import io.fairlead.enterprise.guide.ServiceGuide;
import io.fairlead.enterprise.guide.SoapVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What those who build another system start from.
 *
 * @param services none where the lane is switched off
 * @param published where they find the people's listener, without a path
 * @param certified where the listener for client certificates is, without a path; empty where there is none
 * @param accounts a page of those that the viewer may see
 * @param more whether there are more behind them
 */
public record IntegrationView(
        List<ServiceGuide> services,
        String published,
        String certified,
        boolean wsdlPublic,
        List<Account> accounts,
        String search,
        boolean more,
        Instant now) {
    static final int SIZE = 50;

    /** The address of a service. */
    public String address(SoapVersion version, String service) {
        return published + version.path(service);
    }

    /** Where the next page is. */
    public String next() {
        String after = accounts.get(accounts.size() - 1).listed().person().name();
        return "/integration?q=" + encoded(search) + "&after=" + encoded(after);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
