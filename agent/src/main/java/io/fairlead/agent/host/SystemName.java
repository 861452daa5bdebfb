package io.fairlead.agent.host;

/** What the JDK calls this system. */
final class SystemName {
    private SystemName() {}

    static String ofThisJava() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
