package io.fairlead.system;

import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.Enrolment;
import io.fairlead.agent.link.EnrolmentString;
import io.fairlead.agent.link.FileLink;
import io.fairlead.agent.link.Identity;
import io.fairlead.agent.link.IdentityFolder;
import io.fairlead.agent.link.Link;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.Patience;
import io.fairlead.agent.link.ServerAddress;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.StatusMessage;
import io.fairlead.contract.agent.Transfer;
import io.fairlead.contract.agent.TransferResponse;
import io.fairlead.soap.Documents;
import io.fairlead.soap.SoapCodec;
import io.fairlead.soap.XmlReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A device with the agent's own identity and link, whose messages the test writes by hand. */
final class TestDevice {
    private static final SoapCodec CODEC = new SoapCodec(new Documents(XmlReaders.ofJdk()));
    private static final Duration READ = Duration.ofSeconds(70);

    private final Identity identity;
    private final Link link;
    private final String epoch = UUID.randomUUID().toString().replace("-", "");
    /** Shared by all that stand for this device. */
    private final AtomicReference<String> token;

    private TestDevice(Identity identity, Link link, AtomicReference<String> token) {
        this.identity = identity;
        this.link = link;
        this.token = token;
    }

    /** Enrols with a string that the server made. */
    static TestDevice enrol(String enrolment, Path folder) throws IOException, LinkException {
        Files.createDirectories(folder);
        Identity identity = new Enrolment(
                        new IdentityFolder(folder, Clock.systemUTC()),
                        Dialer.direct(),
                        Instant::now,
                        prepared -> {},
                        new Patience(pause -> Thread.sleep(pause.toMillis())))
                .enrol(EnrolmentString.parse(enrolment));
        return at(identity.server(), identity, new AtomicReference<>());
    }

    /** The same device at another node. */
    TestDevice at(int agentsPort) {
        return at(new ServerAddress("localhost", agentsPort), identity, token);
    }

    private static TestDevice at(ServerAddress server, Identity identity, AtomicReference<String> token) {
        return new TestDevice(
                identity, new Link(List.of(server), Dialer.direct(), identity, CODEC, Instant::now), token);
    }

    Identity identity() {
        return identity;
    }

    String id() {
        return identity.deviceId();
    }

    String epoch() {
        return epoch;
    }

    /** A message with one number. */
    static StatusMessage message(long sequence) {
        DataItem item = new DataItem();
        item.setName("test.value");
        item.setNumber((double) sequence);
        StatusMessage message = new StatusMessage();
        message.setSequence(sequence);
        message.setObservedAt(Instant.now());
        message.getItem().add(item);
        return message;
    }

    Report report(List<StatusMessage> messages) {
        Report report = new Report();
        report.setDevice(id());
        report.setEpoch(epoch);
        report.setToken(token.get());
        report.setSentAt(Instant.now());
        report.getMessage().addAll(messages);
        return report;
    }

    ReportResponse send(Report report) throws LinkException {
        return link.call("urn:fairlead:agent-channel:1/Report", report, ReportResponse.class, READ);
    }

    /** Says something of a transfer. */
    TransferResponse say(Transfer transfer) throws LinkException {
        transfer.setDevice(id());
        return link.call("urn:fairlead:agent-channel:1/Transfer", transfer, TransferResponse.class, READ);
    }

    /** The bytes of files. */
    FileLink files() {
        return link.files();
    }

    /** Polls once, with the rolling token of the answer before. */
    PollResponse poll(int hold, long journaled) throws LinkException {
        PollResponse answer =
                link.call("urn:fairlead:agent-channel:1/Poll", request(hold, journaled), PollResponse.class, READ);
        token.set(answer.getToken());
        return answer;
    }

    /** The envelope of the next poll, to be sent by hand. */
    byte[] poll() {
        return CODEC.write(request(50, 0));
    }

    private Poll request(int hold, long journaled) {
        Poll poll = new Poll();
        poll.setDevice(id());
        poll.setHold(hold);
        poll.setJournaled(journaled);
        poll.setToken(token.get());
        poll.setAgentVersion("test");
        return poll;
    }
}
