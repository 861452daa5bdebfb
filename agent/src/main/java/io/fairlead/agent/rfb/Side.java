package io.fairlead.agent.rfb;

/** The two that the filter stands between. */
public enum Side {
    /** The VNC server on this PC. */
    SERVER,
    /** Who looks, far away. */
    VIEWER
}
