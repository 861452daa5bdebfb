package io.fairlead.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A server at which many devices are enrolled. To enrol ten thousand takes minutes, so the server's data and the identities are
 * kept in the system's temporary folder for the next row and the next run.
 *
 * @param identities the folder of the devices
 */
record FleetStand(ProductServer server, Path identities) {
    /** Free heap is given back, at the reference as well: what is left is what parked polls need. */
    static final List<String> LEAN = List.of("-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

    static FleetStand start(Bench bench, int devices) throws IOException, InterruptedException {
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
        Path identities = kept.resolve("identities");
        ProductServer enrolling = ProductServer.start(bench, kept.resolve("fairlead"), List.of());
        int there = enrolling.enrolled(identities, devices).all().size();
        assert there == devices;
        // What enrolling has left in memory is not to be measured.
        bench.end(enrolling.process());
        return new FleetStand(ProductServer.start(bench, kept.resolve("fairlead"), LEAN), identities);
    }

    /** Starts a reference, which takes the same devices. */
    Program reference(Bench bench, Class<?> main, int port) throws IOException {
        Program program = bench.program(
                Bench.MEASURED,
                LEAN,
                main,
                bench.folder().resolve(main.getSimpleName()).toString(),
                identities.resolve("authorities.pem").toString(),
                Integer.toString(port));
        String[] unused = program.hear("listens");
        return program;
    }
}
