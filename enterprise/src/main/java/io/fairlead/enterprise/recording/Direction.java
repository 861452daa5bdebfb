package io.fairlead.enterprise.recording;

/** Which way bytes went. */
public enum Direction {
    TO_VIEWER,
    TO_AGENT
}
