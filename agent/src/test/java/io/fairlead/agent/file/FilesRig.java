package io.fairlead.agent.file;

import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Link;
import io.fairlead.contract.agent.Cancel;
import io.fairlead.contract.agent.DiagnosticPackage;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Receive;
import io.fairlead.contract.agent.Upload;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** The room over a folder: an upload root, a receive root, and what the customer says. */
final class FilesRig implements SiteWord {
    final Path folder;
    final Path out;
    final Path in;
    final Path data;

    volatile Word word = new Allowed();
    volatile Optional<String> nobody = Optional.of("nobody can be asked");
    volatile Optional<String> answer = Optional.empty();
    volatile Disks disks = path -> new Disks.Space(1L << 40, 1L << 39);
    volatile boolean open = true;
    OptionalLong rate = OptionalLong.empty();
    List<String> patient = List.of();
    Optional<X509Certificate> encryptTo = Optional.empty();
    long mostPackage = 100_000_000;
    List<PackagePart> parts = List.of();

    FilesRig(Path folder) throws IOException {
        this.folder = folder;
        this.out = Files.createDirectories(folder.resolve("out"));
        this.in = Files.createDirectories(folder.resolve("in"));
        this.data = folder.resolve("data").resolve("transfers");
    }

    FileRules rules() {
        return new FileRules(
                List.of(out), List.of(in), new PatientPaths(patient), encryptTo, rate, () -> open, 2, mostPackage);
    }

    static Link link(Identity identity) {
        SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
        return new Link(identity.server(), Dialer.direct(), identity, codec, Instant::now);
    }

    Transfers transfers(Identity identity) {
        Clock clock = Clock.systemUTC();
        return new Transfers(
                data,
                rules(),
                this,
                link(identity),
                identity.deviceId(),
                new DiskFloor(0, 0, path -> disks.of(path)),
                parts,
                clock,
                new LocalAudit(folder.resolve("audit.log"), clock));
    }

    @Override
    public Word word(Transfer.Way way, String root) {
        return word;
    }

    @Override
    public Optional<String> askable() {
        return nobody;
    }

    @Override
    public Optional<String> ask(Transfer transfer, boolean marked) {
        return answer;
    }

    static Order upload(String id, String path) {
        Upload upload = new Upload();
        upload.setTransfer(id);
        upload.setPath(path);
        Order order = order();
        order.setUpload(upload);
        return order;
    }

    static Order receive(String id, String name, byte[] content) {
        return receive(id, name, content.length, FilesEnterprise.sha256(content));
    }

    static Order receive(String id, String name, long size, String sha256) {
        Receive receive = new Receive();
        receive.setTransfer(id);
        receive.setName(name);
        receive.setSize(size);
        receive.setSha256(sha256);
        Order order = order();
        order.setReceive(receive);
        return order;
    }

    static Order diagnosticPackage(String id) {
        DiagnosticPackage wanted = new DiagnosticPackage();
        wanted.setTransfer(id);
        Order order = order();
        order.setDiagnosticPackage(wanted);
        return order;
    }

    static Order cancel(String id) {
        Cancel cancel = new Cancel();
        cancel.setTransfer(id);
        Order order = order();
        order.setCancel(cancel);
        return order;
    }

    private static Order order() {
        Order order = new Order();
        order.setBy("anna@vendor");
        order.setReason("a test");
        return order;
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static String id(int n) {
        return String.format("%032x", n);
    }

    static void await(String what, BooleanSupplier until) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!until.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain: " + what);
            }
            Thread.sleep(5);
        }
    }

    static Handled done(Handled handled) {
        if (!handled.outcome().equals(io.fairlead.contract.agent.Outcome.DONE)) {
            throw new AssertionError(handled);
        }
        return handled;
    }
}
