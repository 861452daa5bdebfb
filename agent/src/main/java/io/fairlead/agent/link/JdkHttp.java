package io.fairlead.agent.link;

/** Settings of the JDK's HTTP client for the whole process. It reads them once, when it is first used. */
final class JdkHttp {
    private JdkHttp() {}

    static void prepare() {
        // It would silently send a POST again.
        System.setProperty("sun.net.http.retryPost", "false");
        // Basic is off for tunnels unless this is set. What is named here stays off: with Kerberos the JDK looks for
        // tickets of its own accord, and would show them to any proxy that asks.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "Negotiate,Kerberos");
        // Digest with MD5, which newer JDKs refuse: what proxies speak.
        System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
    }
}
