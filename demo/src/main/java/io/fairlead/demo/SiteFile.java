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
     */
    static String of(String server, Path folder, Instrument instrument) {
        String path = folder.toString().replace('\\', '/');
        return """
            # What this site allows. It belongs to the customer: the agent only reads it, and no instruction changes it.
            servers = ["%s"]

            pc { enabled = true, disks = ["/"] }

            """.formatted(server) + instrument.site(path) + """

                # What `fairlead instruct DEVICE diagnose NAME` may run; no shell is between.
                diagnostics = [
                  { name = disk, command = ["df", "-h", "%s"] }
                  { name = uptime, command = ["uptime"] }
                ]
                """.formatted(path);
    }
}
