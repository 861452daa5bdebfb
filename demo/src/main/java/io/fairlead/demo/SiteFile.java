package io.fairlead.demo;

import java.nio.file.Path;

/** The {@code site.conf} of a station: what its customer would write. */
final class SiteFile {
    private SiteFile() {}

    /**
     * Its text.
     *
     * @param server HOST:PORT of the agents listener
     * @param folder in which the instrument writes
     * @param received in which files for it are placed
     */
    static String of(String server, Path folder, Path received, Instrument instrument) {
        String path = folder.toString().replace('\\', '/');
        return """
            # What this site allows. It belongs to the customer: the agent only reads it, and no instruction changes it.
            servers = ["%s"]

            pc { enabled = true, disks = ["/"] }

            """.formatted(server)
                + instrument.site(path)
                + """

                # What `fairlead instruct DEVICE diagnose NAME` may run; no shell is between.
                diagnostics = [
                  { name = disk, command = ["df", "-h", "%s"] }
                  { name = uptime, command = ["uptime"] }
                ]

                # What `fairlead instruct DEVICE upload NAME` may fetch; results name patients, so a person is asked first.
                upload { roots = ["%s"], patient = ["results"] }

                # Where `fairlead instruct DEVICE send FILE` may place one. A person is asked each time, and here that is you:
                # `fairlead agent questions --watch`, then `fairlead agent approve ID`.
                receive { roots = ["%s"] }

                # What a remote session may use, `fairlead connect DEVICE shell`; you are asked as well.
                services = [
                  { name = shell, kind = terminal, command = ["/bin/sh", "-i"] }
                ]
                approvers { people = ["%s"] }
                """.formatted(path, path, received.toString().replace('\\', '/'), System.getProperty("user.name"));
    }
}
