package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.consent.Asking;
import io.fairlead.agent.file.Transfers;
import io.fairlead.agent.host.Account;
import io.fairlead.agent.host.DiskFloor;
import io.fairlead.agent.host.Disks;
import io.fairlead.agent.host.PosixAccess;
import io.fairlead.agent.instruction.Handled;
import io.fairlead.agent.instruction.Handler;
import io.fairlead.agent.instruction.Kind;
import io.fairlead.agent.kernel.LocalAudit;
import io.fairlead.agent.kernel.TrustedTime;
import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.site.SiteAction;
import io.fairlead.agent.site.SiteConfig;
import io.fairlead.agent.site.SiteFolders;
import io.fairlead.agent.site.SiteGate;
import io.fairlead.agent.site.SiteGuard;
import io.fairlead.agent.site.SiteTransfers;
import io.fairlead.agent.site.Tuning;
import io.fairlead.agent.status.Diagnostics;
import io.fairlead.agent.status.Sampler;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.Diagnose;
import io.fairlead.contract.agent.DiagnosticPackage;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Outcome;
import io.fairlead.contract.agent.Receive;
import io.fairlead.contract.agent.Restart;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.contract.agent.Upload;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders against the customer's file, with the rooms as they are. */
class HandlersTest {
    private static final Account AGENT = new Account(OptionalLong.of(54_321), Set.of(), Optional.empty(), "agent");

    @TempDir
    private Path folder;

    private Path site;
    private Path effect;
    private List<String> touch = List.of();
    private Tuning tuning;
    private Sampler sampler;
    private Asking asking;
    private Transfers transfers;
    private Map<Kind, Handler> handlers;

    @BeforeEach
    void build() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        site = folder.resolve("site.conf");
        effect = folder.resolve("effect");
        touch = List.of("/bin/sh", "-c", "echo done >> " + effect + "; echo said");
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("log"), "a line");
        write("");
        tuning = new Tuning(folder.resolve("tuning"));
        SiteGuard guard = new SiteGuard(site, false, AGENT, new PosixAccess(AGENT, path -> false));
        SiteConfig config = SiteConfig.read(site, new SiteFolders(List.of()));
        SiteGate gate = new SiteGate(guard, config, Clock.systemUTC());
        LocalAudit entries = new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC());
        sampler = new Sampler(
                config.sources(),
                tuning,
                gate,
                new DiskFloor(0, 0, Disks.real()),
                folder.resolve("bookmarks"),
                (message, urgent) -> {},
                new TrustedTime(folder.resolve("time"), Clock.systemUTC(), entries),
                new Sampler.Pulses(() -> {}, () -> {}),
                Clock.systemUTC());
        asking = new Asking(Clock.systemUTC(), folder.resolve("muted"), entries);
        asking.unavailable("nobody is here");
        Permission permission = new Permission(gate, asking);
        transfers = transfers(config, gate);
        handlers = new Handlers(
                        gate, permission, sampler, tuning, new Diagnostics(config.diagnostics()), transfers, () -> {})
                .byKind();
    }

    /** Never started: what an order begins stays begun. */
    private Transfers transfers(SiteConfig config, SiteGate gate) {
        ServerAddress nobody = new ServerAddress("localhost", 1);
        Identity identity = new TestAuthority("ours").identity(nobody, "device-1");
        SoapCodec codec = new SoapCodec(new Documents(XmlReaders.ofJdk()));
        return new Transfers(
                folder.resolve("transfers"),
                config.files().rules(Clock.systemUTC()),
                new SiteTransfers(gate, asking),
                new Link(List.of(nobody), Dialer.direct(), identity, codec, Instant::now),
                "device-1",
                new DiskFloor(0, 0, Disks.real()),
                List.of(),
                Clock.systemUTC(),
                new LocalAudit(folder.resolve("audit.log"), Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        sampler.close();
    }

    @Test
    void what_the_customer_allows_is_done() throws Exception {
        assertThat(handle(Kind.COLLECT).detail()).endsWith(" values");
        assertThat(handle(Kind.SET)).isEqualTo(Handled.done("sample.period = 30 seconds (before: 60)"));
        assertThat(handle(Kind.DIAGNOSE)).isEqualTo(Handled.done("said"));
        assertThat(handle(Kind.RESTART).restart()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CANCEL", "OPEN_SESSION", "OPEN_STREAM", "END_SESSION"})
    void what_the_customer_denies_is_refused_from_that_moment(Kind kind) throws Exception {
        String action = SiteAction.valueOf(kind.name()).word();
        write("policy { " + action + " = deny }");

        assertThat(handle(kind)).isEqualTo(Handled.refused("site.conf denies " + action));
        nothingHappened();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CANCEL", "OPEN_SESSION", "OPEN_STREAM", "END_SESSION"})
    void what_the_customer_wants_to_be_asked_about_is_refused_where_nobody_can_be_asked(Kind kind) throws Exception {
        String action = SiteAction.valueOf(kind.name()).word();
        write("policy { " + action + " = ask }");

        assertThat(handle(kind)).isEqualTo(Handled.refused("nobody is here"));
        nothingHappened();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CANCEL", "OPEN_SESSION", "OPEN_STREAM", "END_SESSION"})
    void everything_is_refused_once_the_agent_could_write_the_file(Kind kind) throws Exception {
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(handle(kind).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(handle(kind).detail()).startsWith("everything is denied: ");
        nothingHappened();
    }

    @Test
    void no_instruction_changes_site_conf() throws Exception {
        write("policy { collect = deny }");
        for (String key :
                List.of("policy.collect", "site.conf", "../site.conf", "servers", "diagnostics", "logs[0].path")) {
            Order order = new Order();
            SetTuning set = new SetTuning();
            set.setKey(key);
            set.setValue("allow");
            order.setSet(set);

            assertThat(handler(Kind.SET).handle(order).outcome()).as(key).isEqualTo(Outcome.REFUSED);
        }
        Order shell = new Order();
        Diagnose diagnose = new Diagnose();
        diagnose.setName("/bin/sh");
        shell.setDiagnose(diagnose);
        assertThat(handler(Kind.DIAGNOSE).handle(shell).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(Files.readString(site)).startsWith("policy { collect = deny }\n");
        nothingHappened();
    }

    private void nothingHappened() {
        assertThat(effect).doesNotExist();
        assertThat(transfers.progress()).isEmpty();
        assertThat(tuning.samplePeriodSeconds()).isEqualTo(60);
    }

    @Test
    void a_root_that_the_customer_takes_out_is_closed_from_that_moment() throws Exception {
        Files.writeString(site, "upload.roots = []\n");

        assertThat(handle(Kind.UPLOAD))
                .isEqualTo(Handled.refused("site.conf no longer names the root " + folder.resolve("out")));
        nothingHappened();
    }

    @Test
    void a_diagnostic_that_the_customer_takes_out_or_changes_is_refused_from_that_moment() throws Exception {
        Files.writeString(site, "# nothing\n");
        assertThat(handle(Kind.DIAGNOSE).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(handle(Kind.DIAGNOSE).detail()).contains("no longer names it");
        Files.writeString(site, "diagnostics = [{ name = touch, command = [\"/bin/true\"] }]\n");
        assertThat(handle(Kind.DIAGNOSE).outcome()).isEqualTo(Outcome.REFUSED);
        nothingHappened();
    }

    private void write(String text) throws IOException {
        String command = "\"" + String.join("\", \"", touch) + "\"";
        Files.writeString(
                site,
                text + "\ndiagnostics = [{ name = touch, command = [" + command + "] }]\n"
                        + "upload.roots = [\"" + folder.resolve("out") + "\"]\n"
                        + "receive.roots = [\"" + folder.resolve("in") + "\"]\n");
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Handler handler(Kind kind) {
        return Optional.ofNullable(handlers.get(kind)).orElseThrow();
    }

    private Handled handle(Kind kind) throws Exception {
        Order order = new Order();
        switch (kind) {
            case COLLECT -> order.setCollect(new Collect());
            case SET -> {
                SetTuning set = new SetTuning();
                set.setKey("sample.period");
                set.setValue("30");
                order.setSet(set);
            }
            case DIAGNOSE -> {
                Diagnose diagnose = new Diagnose();
                diagnose.setName("touch");
                order.setDiagnose(diagnose);
            }
            case RESTART -> order.setRestart(new Restart());
            case UPLOAD -> {
                Upload upload = new Upload();
                upload.setTransfer("0".repeat(32));
                upload.setPath("log");
                order.setUpload(upload);
            }
            case RECEIVE -> {
                Receive receive = new Receive();
                receive.setTransfer("1".repeat(32));
                receive.setName("method");
                receive.setSize(5);
                receive.setSha256("0".repeat(64));
                order.setReceive(receive);
            }
            case PACKAGE -> {
                DiagnosticPackage wanted = new DiagnosticPackage();
                wanted.setTransfer("2".repeat(32));
                order.setDiagnosticPackage(wanted);
            }
            case CANCEL -> throw new AssertionError("not in this test");
        }
        return handler(kind).handle(order);
    }
}
