package io.fairlead.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.agent.link.TestAuthority;
import io.fairlead.agent.poll.Enterprise;
import io.fairlead.contract.agent.Collect;
import io.fairlead.contract.agent.InstructionResult;
import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.Poll;
import io.fairlead.contract.agent.PollResponse;
import io.fairlead.contract.agent.Report;
import io.fairlead.contract.agent.ReportResponse;
import io.fairlead.contract.agent.Restart;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.contract.agent.SignedInstruction;
import io.fairlead.contract.agent.StatusMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** An installed agent and the enterprise that it talks to, which gives the orders laid down and keeps what comes. */
final class AgentRig {
    final Enterprise enterprise = new Enterprise();
    final InstalledAgent agent;
    final Map<Long, Order> orders = new ConcurrentSkipListMap<>();
    /** Those that may be held; the others, with which an agent begins, bring nothing. */
    final BlockingQueue<Poll> polls = new LinkedBlockingQueue<>();

    final BlockingQueue<StatusMessage> messages = new LinkedBlockingQueue<>();
    final CountDownLatch over = new CountDownLatch(1);
    private final TestAuthority.Holder signer = Enterprise.AUTHORITY.signer();
    private final List<Process> processes = new ArrayList<>();

    AgentRig(Path folder) throws IOException {
        agent = new InstalledAgent(folder);
        enterprise.onPoll = this::answer;
        enterprise.onReport = this::answer;
    }

    void enrol() throws Exception {
        Process enrol = started(agent.java(agent.with("enrol", enterprise.enrolmentString())));
        assertThat(enrol.waitFor()).as(agent.said()).isZero();
        assertThat(agent.said()).contains("Enrolled as device device-1");
    }

    Process started(Process process) {
        processes.add(process);
        return process;
    }

    String audit() throws IOException {
        return Files.readString(agent.data.resolve("audit.log"));
    }

    static ProcessHandle java(Process watchdog) {
        return watchdog.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow();
    }

    InstructionResult result(long number) throws InterruptedException {
        while (true) {
            for (InstructionResult result : messages.take().getResult()) {
                if (result.getInstruction() == number) {
                    return result;
                }
            }
        }
    }

    /** Instructions above what is journaled; when there are none, a poll that may be held is, until the test is over. */
    private Object answer(Poll poll) {
        PollResponse answer = new PollResponse();
        answer.setServerTime(Instant.now());
        answer.setToken(HexFormat.of().formatHex(new byte[16]));
        if (poll.getHold() == 0) {
            // After a start the agent's token has to be seen first; nothing is given until then.
            return answer;
        }
        polls.add(poll);
        orders.forEach((number, order) -> {
            if (number > poll.getJournaled()) {
                answer.getInstruction().add(signed(order));
            }
        });
        answer.getSigner().add(encoded());
        if (answer.getInstruction().isEmpty() && poll.getHold() > 0) {
            awaitEnd();
        }
        return answer;
    }

    private Object answer(Report report) {
        messages.addAll(report.getMessage());
        List<StatusMessage> all = report.getMessage();
        ReportResponse answer = new ReportResponse();
        answer.setEpoch(report.getEpoch());
        answer.setCommitted(all.isEmpty() ? 0 : all.get(all.size() - 1).getSequence());
        answer.setServerTime(Instant.now());
        return answer;
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static SetTuning tuning(String key, String value) {
        SetTuning set = new SetTuning();
        set.setKey(key);
        set.setValue(value);
        return set;
    }

    static Order order(long number, Object what) {
        Order order = new Order();
        order.setLabel("fairlead instruction 1");
        order.setDevice("device-1");
        order.setEnrolment(TestAuthority.EPOCH);
        order.setSequence(number);
        order.setNotAfter(Instant.now().plusSeconds(3600));
        if (what instanceof SetTuning set) {
            order.setSet(set);
        } else if (what instanceof Restart restart) {
            order.setRestart(restart);
        } else {
            order.setCollect((Collect) what);
        }
        return order;
    }

    private SignedInstruction signed(Order order) {
        try {
            byte[] bytes = enterprise.documents.write(order);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.key());
            signature.update(bytes);
            SignedInstruction instruction = new SignedInstruction();
            instruction.setSequence(order.getSequence());
            instruction.setOrder(bytes);
            instruction.setSignature(signature.sign());
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(signer.certificate().getPublicKey().getEncoded());
            instruction.setKey(HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
            return instruction;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private byte[] encoded() {
        try {
            return signer.certificate().getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Ends all that was started. */
    void end() throws Exception {
        over.countDown();
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            int unused = process.destroyForcibly().waitFor();
        }
        enterprise.close();
    }
}
