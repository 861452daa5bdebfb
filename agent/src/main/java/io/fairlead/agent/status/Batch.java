package io.fairlead.agent.status;

import io.fairlead.contract.agent.Alarm;
import io.fairlead.contract.agent.DataItem;
import io.fairlead.contract.agent.Event;
import io.fairlead.contract.agent.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one probe found in one look, already as the contract has it. However much that is, it takes bounded room: of more
 * events only the count is kept, of more alarms the last state of each code. One thread owns it.
 */
final class Batch implements Findings {
    static final int MAX_KEPT = 1000;

    private Map<String, DataItem> values = new LinkedHashMap<>();
    private final List<List<DataItem>> records = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final Map<String, Alarm> laterAlarms = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private int moreEvents;
    private boolean rememberedFirst;
    private final Map<String, String> remembered = new LinkedHashMap<>();

    @Override
    public void number(String item, double number, Optional<String> unit) {
        if (Double.isFinite(number)) {
            DataItem value = new DataItem();
            value.setNumber(number);
            put(item, value, unit);
        }
    }

    @Override
    public void own(String item, String text) {
        DataItem value = new DataItem();
        value.setName(item);
        value.setText(ContractLimits.text(text));
        values.put(item, value);
    }

    @Override
    public void text(String item, String text, Optional<String> unit) {
        DataItem value = new DataItem();
        value.setText(ContractLimits.text(text));
        put(item, value, unit);
    }

    private void put(String item, DataItem value, Optional<String> unit) {
        Optional<String> name = ContractLimits.name(item);
        if (name.isPresent() && !name.get().startsWith(OWN)) {
            value.setName(name.get());
            unit.map(ContractLimits::text)
                    .map(u -> u.length() > ContractLimits.MAX_UNIT ? u.substring(0, ContractLimits.MAX_UNIT) : u)
                    .ifPresent(value::setUnit);
            if (values.size() < MAX_KEPT || values.containsKey(name.get())) {
                values.put(name.get(), value);
            }
        }
    }

    @Override
    public void endOfRecord() {
        if (!values.isEmpty()) {
            records.add(List.copyOf(values.values()));
            values = new LinkedHashMap<>();
        }
    }

    @Override
    public void record(List<DataItem> closed) {
        records.add(closed);
    }

    @Override
    public void raise(String code, Severity severity, String text) {
        alarm(code, severity, text, true);
    }

    @Override
    public void clear(String code) {
        alarm(code, Severity.INFO, "", false);
    }

    private void alarm(String code, Severity severity, String text, boolean raised) {
        Optional<String> name = ContractLimits.name(code);
        if (name.isPresent()) {
            Alarm alarm = new Alarm();
            alarm.setCode(name.get());
            alarm.setSeverity(severity);
            alarm.setRaised(raised);
            if (!text.isEmpty()) {
                alarm.setText(ContractLimits.text(text));
            }
            if (alarms.size() < MAX_KEPT) {
                alarms.add(alarm);
            } else if (laterAlarms.size() < MAX_KEPT || laterAlarms.containsKey(name.get())) {
                laterAlarms.put(name.get(), alarm);
            }
        }
    }

    @Override
    public void event(String code, Severity severity, String text) {
        if (events.size() == MAX_KEPT) {
            moreEvents++;
            return;
        }
        Optional<String> name = ContractLimits.name(code);
        if (name.isPresent()) {
            Event event = new Event();
            event.setCode(name.get());
            event.setSeverity(severity);
            event.setText(ContractLimits.text(text));
            events.add(event);
        }
    }

    @Override
    public void remember(String key, String value) {
        remembered.put(key, value);
    }

    @Override
    public void rememberFirst(String key, String value) {
        remember(key, value);
        rememberedFirst = true;
    }

    /** Whether nothing was found. */
    boolean isEmpty() {
        return values.isEmpty() && records.isEmpty() && alarms.isEmpty() && events.isEmpty() && remembered.isEmpty();
    }

    /** Values of no record, each name once. */
    Map<String, DataItem> values() {
        return values;
    }

    List<List<DataItem>> records() {
        return records;
    }

    /** Raised and cleared, in the order seen; a code may come more than once. */
    List<Alarm> alarms() {
        List<Alarm> all = new ArrayList<>(alarms);
        all.addAll(laterAlarms.values());
        return all;
    }

    List<Event> events() {
        return events;
    }

    /** Events that were not kept. */
    int moreEvents() {
        return moreEvents;
    }

    Map<String, String> remembered() {
        return remembered;
    }

    /** Whether what is remembered must not wait. */
    boolean rememberedFirst() {
        return rememberedFirst;
    }
}
