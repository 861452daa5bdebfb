package io.fairlead.perf.fleet;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Severity;
import io.fairlead.contract.agent.StatusMessage;
import java.util.Random;

/**
 * What an analyser and its PC say at one moment: a dozen values that drift, 1 KB or so of XML, and an alarm now and then.
 * The same at every call for the same agent and message, so that nothing has to be kept.
 */
final class Instrument {
    /** One message in so many raises the alarm; the fifth after it clears it. */
    private static final int ALARM_EVERY = 500;

    private static final int ALARM_LASTS = 5;
    private static final double PERIOD = 90;

    private final int agent;

    Instrument(int agent) {
        this.agent = agent;
    }

    void at(long sequence, StatusMessage message) {
        Random noise = new Random(agent * 1_000_003L + sequence);
        number(message, "incubator.temperature", "Cel", 37 + drift(sequence, 0.2) + noise.nextGaussian() * 0.05);
        number(message, "lamp.hours", "h", 200 + agent % 1_500 + sequence / 60.0);
        number(message, "lamp.intensity", "%", 92 + drift(sequence, 4));
        number(message, "reagent.1.volume", "mL", 250.0 - (sequence * 3 + agent) % 240);
        number(message, "reagent.2.volume", "mL", 120.0 - (sequence * 2 + agent) % 110);
        number(message, "waste.level", "%", (sequence + agent) % 97.0);
        number(message, "tests.today", "1", (sequence * 4 + agent) % 900.0);
        number(message, "pc.cpu", "%", Math.abs(noise.nextGaussian()) * 12);
        number(message, "pc.memory", "%", 41 + drift(sequence, 6));
        number(message, "pc.disk.data.used", "%", 35 + agent % 40);
        text(message, "analyser.state", noise.nextInt(10) == 0 ? "standby" : "running");
        text(message, "analyser.software", "4." + agent % 3 + ".1");
        long turn = (sequence + agent * 7L) % ALARM_EVERY;
        if (turn == 0 || turn == ALARM_LASTS) {
            Alarm alarm = new Alarm();
            alarm.setCode("REAGENT-LOW");
            alarm.setSeverity(Severity.WARNING);
            alarm.setRaised(turn == 0);
            alarm.setText("Reagent 1 is nearly used up");
            message.getAlarm().add(alarm);
        }
    }

    private double drift(long sequence, double amplitude) {
        return amplitude * Math.sin((sequence + agent) * 2 * Math.PI / PERIOD);
    }

    private static void number(StatusMessage message, String name, String unit, double value) {
        DataItem item = new DataItem();
        item.setName(name);
        item.setUnit(unit);
        item.setNumber(Math.round(value * 100) / 100.0);
        message.getItem().add(item);
    }

    private static void text(StatusMessage message, String name, String value) {
        DataItem item = new DataItem();
        item.setName(name);
        item.setText(value);
        message.getItem().add(item);
    }
}
