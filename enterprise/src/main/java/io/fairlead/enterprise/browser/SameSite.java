package io.fairlead.enterprise.browser;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/** Whether a request was made by a page of ours: by what browsers say of it and pages cannot forge. */
final class SameSite {
    private SameSite() {}

    /** For changes: the browser must say that the page is ours. */
    static boolean made(HttpServerRequest request) {
        return origin(request) && fetchSite(request);
    }

    /** For a stream that a page opens by GET, which has no Origin when the page is ours. */
    static boolean opened(HttpServerRequest request) {
        return (request.getHeader("Origin") == null || origin(request)) && fetchSite(request);
    }

    private static boolean origin(HttpServerRequest request) {
        HostAndPort here = request.authority();
        return here != null && ("https://" + here).equals(request.getHeader("Origin"));
    }

    private static boolean fetchSite(HttpServerRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin");
    }

    /**
     * Whether a person followed a link from elsewhere. A strict cookie does not come along then: the browser is asked to
     * come again by itself, and looks logged out to nobody.
     */
    static boolean followed(HttpServerRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return ("cross-site".equals(site) || "same-site".equals(site))
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }
}
