package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

/**
 * A server at which many devices are enrolled, and the load that has their identities. To enrol ten thousand takes minutes,
 * so the server's data and the identities are kept in the system's temporary folder for the next row and the next run.
 *
 * @param server it runs
 * @param folder where both are kept
 * @param load see {@link PollLoad}
 */
record FleetStand(ProductServer server, Path folder, Program load, int devices) {
    /** Files that a process has open besides its connections. */
    private static final int OTHER_FILES = 1_000;

    static FleetStand start(Bench bench, int devices) throws IOException, InterruptedException {
        long files = Usage.mostFiles();
        if (files < devices + OTHER_FILES) {
            throw new CannotMeasure(String.format(
                    Locale.ROOT,
                    "a process may open %,d files here, and %,d connections want %,d (ulimit -n)",
                    files,
                    devices,
                    devices + OTHER_FILES));
        }
        Path kept = kept();
        Path identities = kept.resolve("identities");
        ProductServer enrolling = ProductServer.start(bench, kept.resolve("fairlead"), List.of());
        int there = enrolling.enrolled(identities, devices).all().size();
        assert there == devices;
        Program load = bench.program(
                Bench.OTHERS, List.of("-Xmx3g"), PollLoad.class, identities.toString(), Integer.toString(devices));
        return new FleetStand(enrolling, kept, load, devices);
    }

    private static Path kept() throws IOException {
        Path kept = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("fairlead-compare-fleet-" + System.getProperty("user.name"));
        if (!Files.isDirectory(kept)) {
            Path made = Files.createDirectory(
                    kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            assert made != null;
        }
        if (!Files.getOwner(kept).getName().equals(System.getProperty("user.name"))) {
            throw new CannotMeasure(kept.getFileName() + " in the temporary folder is somebody else's");
        }
        return kept;
    }

    /** Ends the server and starts it anew, so that it carries nothing with it of what was before. */
    FleetStand again(Bench bench, List<String> flags) throws IOException, InterruptedException {
        bench.end(server.process());
        return new FleetStand(ProductServer.start(bench, folder.resolve("fairlead"), flags), folder, load, devices);
    }

    /** Starts a reference, which takes the same devices. */
    Program reference(Bench bench, List<String> flags, Class<?> main) throws IOException {
        return bench.program(
                Bench.MEASURED,
                flags,
                main,
                bench.folder().resolve(main.getSimpleName()).toString(),
                folder.resolve("identities/authorities.pem").toString(),
                "0");
    }

    /**
     * Has the load know the server.
     *
     * @param quiet see {@link PollSide}
     */
    Parked product(boolean quiet) throws IOException {
        String name = "product" + server.pid();
        load.say("side " + name + " " + server.agents() + " true " + quiet);
        return new Parked(load, name, server.pid(), devices);
    }

    /** Has the load know a reference that was just started. */
    Parked reference(Program program, boolean quiet) throws IOException {
        String name = "bare" + program.pid();
        load.say("side " + name + " " + program.hear("listens")[1] + " false " + quiet);
        return new Parked(load, name, program.pid(), devices);
    }
}
