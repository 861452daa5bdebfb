package io.fairlead.perf.simulations;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.StatusMessage;
import java.util.List;
import java.util.random.RandomGenerator;

/** What an analyser and its PC say of themselves: a message of about 1.2 KB. One agent's own. */
final class Readings {
    /** An item that every message has. */
    static final String ITEM = "pc.cpu";

    private final RandomGenerator random;
    private double lampHours;
    private double temperature = 37;
    private long results;

    Readings(RandomGenerator random) {
        this.random = random;
        this.lampHours = random.nextDouble(2_000);
    }

    StatusMessage next(List<Rhythm.Change> changes) {
        lampHours += 1 / 60.0;
        temperature += random.nextDouble(-0.1, 0.1);
        results += random.nextInt(5);
        StatusMessage message = new StatusMessage();
        List<DataItem> items = message.getItem();
        items.add(number(ITEM, "%", random.nextDouble(100)));
        items.add(number("pc.memory", "%", 40 + random.nextDouble(20)));
        items.add(number("pc.disk.c", "%", 61.5));
        items.add(number("analyser.lamp.hours", "h", lampHours));
        items.add(number("analyser.incubator.temperature", "Cel", temperature));
        items.add(number("analyser.reagent.left", "mL", random.nextDouble(500)));
        items.add(number("analyser.results.today", "1", (double) results));
        items.add(text("analyser.state", random.nextInt(10) == 0 ? "standby" : "running"));
        items.add(text("analyser.software", "7.4.1"));
        items.add(text("result.last", "sample " + (100_000 + results) + " glucose 5.1 mmol/L"));
        changes.forEach(change -> message.getAlarm().add(alarm(change)));
        return message;
    }

    private static DataItem number(String name, String unit, double value) {
        DataItem item = new DataItem();
        item.setName(name);
        item.setUnit(unit);
        item.setNumber(Math.round(value * 100) / 100.0);
        return item;
    }

    private static DataItem text(String name, String value) {
        DataItem item = new DataItem();
        item.setName(name);
        item.setText(value);
        return item;
    }

    private static Alarm alarm(Rhythm.Change change) {
        Alarm alarm = new Alarm();
        alarm.setCode(change.code());
        alarm.setSeverity(change.severity());
        alarm.setRaised(change.raised());
        alarm.setText("simulated");
        return alarm;
    }
}
