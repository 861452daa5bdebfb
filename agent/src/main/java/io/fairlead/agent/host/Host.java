package io.fairlead.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The kind of operating system that this PC has. Two kinds are known: {@link Posix} (Linux, where everything here is
 * tested) and {@link Windows}, which is written by the book and has not been run on Windows yet.
 */
public interface Host {
    /** In words, for people: name, version, architecture. */
    String system();

    /** Whether this process is above the customer's access lists and must neither run nor enrol the agent. */
    boolean root();

    /**
     * The account of this process.
     *
     * @throws IOException when the system does not say
     */
    Account account() throws IOException;

    /** Judges what an account can do to files here. */
    FileAccess access(Account account);

    /** The data folder when nobody names one: the service's where there is one, or root asks; else one of the person's own. */
    Path data();

    /** The customer's file when nobody names another. */
    Path site();

    /**
     * The folder in which the service with this data folder leaves word for every account of this PC; empty for an agent
     * that is not the service, whose word lies beside its data and is for its own account.
     */
    Optional<Path> notices(Path data);

    /** Writes a file whole that every account may read. What a power cut leaves of it is of no weight. */
    void publish(Path file, byte[] content) throws IOException;

    /**
     * Makes a folder that only this account may enter; nothing happens when it is there. Windows: it takes the access list
     * of the folder above, which the installation made private.
     */
    void makePrivate(Path folder) throws IOException;

    /** Keeps a small secret (a password) so that no other account of this PC can read it. */
    SecretFile secret(Path file);

    /** How urgently the system runs this process beside the instrument's programs, in words. */
    String priority();

    /** Bytes of this PC's memory that this process occupies; empty where the system does not tell. */
    OptionalLong memory();

    /** The commands by which a person starts, stops and asks for the service. */
    Service service();

    /**
     * The agent as a service of this system.
     *
     * @param name as the system knows it
     */
    record Service(String name, String start, String stop, String ask) {}

    /** The one that this process runs on. */
    static Host ofThisSystem() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? windows(System.getenv()) : new Posix();
    }

    /** Windows with these variables, wherever this process runs: so that its names can be compared with the scripts'. */
    static Host windows(Map<String, String> environment) {
        return new Windows(environment);
    }
}
