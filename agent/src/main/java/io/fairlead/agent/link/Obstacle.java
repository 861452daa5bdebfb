package io.fairlead.agent.link;

/** What is in the way to a server, as far as this PC can tell. */
public enum Obstacle {
    /** No name server here knows the name. */
    NAME_UNKNOWN,
    /** Packets are not answered. */
    SILENT,
    /** The connection was refused. */
    REFUSED,
    /** The network has no way there, or says that it is forbidden. */
    NO_WAY,
    /** The site's proxy is not there, or the file that names it. */
    PROXY_UNREACHABLE,
    /** The site's proxy does not let this PC through. */
    PROXY_REFUSES,
    /** The site's proxy wants a password, or another one. */
    PROXY_PASSWORD,
    /** The site's proxy does not come through to the server itself. */
    PROXY_FAILS,
    /** Connected, and cut before TLS was there. */
    CUT,
    /** What answers speaks no TLS of today. */
    NO_TLS,
    /** What answers shows a certificate that is not believed. */
    NOT_BELIEVED,
    /** The server does not take this device's certificate. */
    DEVICE_REFUSED,
    /** What answers is not what was expected. */
    BAD_ANSWER
}
