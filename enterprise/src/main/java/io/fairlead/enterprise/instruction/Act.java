package io.fairlead.enterprise.instruction;

import io.fairlead.contract.agent.Order;
import io.fairlead.contract.agent.SetTuning;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;

/** What a device is to do. Each kind knows its place in the contract's Order. */
public sealed interface Act {
    /** Stable; stored and shown. */
    String kind();

    /** What it acts on, for people; empty when there is nothing to say. */
    String detail();

    /** Writes itself into an order. */
    void into(Order order);

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
                throw new Refusal(Fault.INVALID, "a tuning value has at most 1,024 characters");
            }
            if (!value.codePoints().allMatch(SetKey::plain)) {
                throw new Refusal(Fault.INVALID, "a tuning value has no control characters");
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
}
