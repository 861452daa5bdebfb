package io.fairlead.enterprise.instruction;

import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.enterprise.people.Action;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** What a device is to do. Each kind knows its place in the contract's Order. */
public sealed interface Act
        permits Act.Collect,
                Act.SetKey,
                Act.Diagnose,
                Act.Restart,
                Act.Upload,
                Act.Receive,
                Act.DiagnosticPackage,
                Act.CancelTransfer,
                SessionAct {
    /** Stable; stored and shown. */
    String kind();

    /** What it acts on, for people; empty when there is nothing to say. */
    String detail();

    /** Writes itself into an order. */
    void into(Order order);

    /** What whoever wants it must be allowed. */
    default Action right() {
        return Action.INSTRUCT;
    }

    /** Samples every probe now and reports. */
    record Collect() implements Act {
        @Override
        public String kind() {
            return "collect";
        }

        @Override
        public String detail() {
            return "";
        }

        @Override
        public void into(Order order) {
            order.setCollect(new io.fairlead.contract.agent.Collect());
        }
    }

    /** Sets a tuning key; which keys there are, and their types, the agent alone decides. */
    record SetKey(String key, String value) implements Act {
        private static final int LONGEST = 1_024;

        /** Throws a Refusal(INVALID) that says what is wrong. */
        public SetKey {
            ActName.check("a tuning key", key);
            if (value.length() > LONGEST) {
                throw Refusal.saying(Fault.INVALID, "a tuning value has at most 1,024 characters");
            }
            if (!value.codePoints().allMatch(SetKey::plain)) {
                throw Refusal.saying(Fault.INVALID, "a tuning value has no control characters");
            }
        }

        private static boolean plain(int c) {
            return !Character.isISOControl(c)
                    && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    && (c & 0xFFFE) != 0xFFFE;
        }

        @Override
        public String kind() {
            return "set";
        }

        @Override
        public String detail() {
            return key + "=" + value;
        }

        @Override
        public void into(Order order) {
            SetTuning set = new SetTuning();
            set.setKey(key);
            set.setValue(value);
            order.setSet(set);
        }
    }

    /** Runs a diagnostic that the customer's site.conf names. */
    record Diagnose(String name) implements Act {
        /** Throws a Refusal(INVALID) that says what is wrong. */
        public Diagnose {
            ActName.check("a diagnostic", name);
        }

        @Override
        public String kind() {
            return "diagnose";
        }

        @Override
        public String detail() {
            return name;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.Diagnose diagnose = new io.fairlead.contract.agent.Diagnose();
            diagnose.setName(name);
            order.setDiagnose(diagnose);
        }
    }

    /** Restarts the agent, not the PC. */
    record Restart() implements Act {
        @Override
        public String kind() {
            return "restart";
        }

        @Override
        public String detail() {
            return "";
        }

        @Override
        public void into(Order order) {
            order.setRestart(new io.fairlead.contract.agent.Restart());
        }
    }

    /** Sends a file from an upload root; which those are, the customer's site.conf alone says. */
    record Upload(String transfer, String path) implements Act {
        /** Throws a Refusal(INVALID) that says what is wrong. */
        public Upload {
            ActPath.check(path);
        }

        @Override
        public String kind() {
            return "upload";
        }

        @Override
        public String detail() {
            return path;
        }

        @Override
        public Action right() {
            return Action.MOVE_FILE;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.Upload upload = new io.fairlead.contract.agent.Upload();
            upload.setTransfer(transfer);
            upload.setPath(path);
            order.setUpload(upload);
        }
    }

    /**
     * Fetches a file and places it in a receive root.
     *
     * @param size in bytes
     * @param sha256 of its content, 64 hexadecimal digits
     */
    record Receive(String transfer, String name, long size, String sha256) implements Act {
        /** Throws a Refusal(INVALID) that says what is wrong. */
        public Receive {
            ActPath.check(name);
        }

        @Override
        public String kind() {
            return "receive";
        }

        @Override
        public String detail() {
            return name;
        }

        @Override
        public Action right() {
            return Action.MOVE_FILE;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.Receive receive = new io.fairlead.contract.agent.Receive();
            receive.setTransfer(transfer);
            receive.setName(name);
            receive.setSize(size);
            receive.setSha256(sha256);
            order.setReceive(receive);
        }
    }

    /** Sends logs, system status, configuration without secrets and a self-test in one zip. */
    record DiagnosticPackage(String transfer) implements Act {
        @Override
        public String kind() {
            return "package";
        }

        @Override
        public String detail() {
            return "";
        }

        @Override
        public Action right() {
            return Action.MOVE_FILE;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.DiagnosticPackage wanted = new io.fairlead.contract.agent.DiagnosticPackage();
            wanted.setTransfer(transfer);
            order.setDiagnosticPackage(wanted);
        }
    }

    /** Ends a transfer that was begun. */
    record CancelTransfer(String transfer) implements Act {
        @Override
        public String kind() {
            return "cancel";
        }

        @Override
        public String detail() {
            return transfer;
        }

        @Override
        public Action right() {
            return Action.STOP;
        }

        @Override
        public void into(Order order) {
            io.fairlead.contract.agent.Cancel cancel = new io.fairlead.contract.agent.Cancel();
            cancel.setTransfer(transfer);
            order.setCancel(cancel);
        }
    }
}
