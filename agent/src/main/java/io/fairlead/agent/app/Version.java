package io.fairlead.agent.app;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar says. */
final class Version implements IVersionProvider {
    /** As the contract's names may be written. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0-unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fairlead-agent " + current()};
    }
}
