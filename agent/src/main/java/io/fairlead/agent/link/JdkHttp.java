package io.fairlead.agent.link;

import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Settings of the JDK's HTTP client for the whole process. It reads them once, when it is first used. Proxies are none of
 * its business: {@link HttpTunnel} asks them.
 */
final class JdkHttp {
    private static final SSLSocketFactory NOBODYS = new NoSockets();

    private JdkHttp() {}

    static void prepare() {
        // It would silently send a POST again.
        System.setProperty("sun.net.http.retryPost", "false");
        // On Windows it could answer whoever asks with the account it runs under; this is the default, made sure of.
        System.setProperty("jdk.http.ntlm.transparentAuth", "disabled");
        // What it would take unless told otherwise trusts all authorities of the JDK, and reads them in to have them at
        // hand.
        HttpsURLConnection.setDefaultSSLSocketFactory(NOBODYS);
        // It would look for Kerberos tickets of its own accord, and show them to any server that asks.
        System.setProperty("javax.security.auth.useSubjectCredsOnly", "true");
    }
}
