package io.fairlead.enterprise.console;

import io.fairlead.enterprise.people.Pending;
import io.fairlead.enterprise.people.Proposal;
import io.fairlead.enterprise.roster.DeviceState;
import io.fairlead.enterprise.roster.Health;
import io.fairlead.enterprise.roster.Overview;
import io.fairlead.enterprise.roster.Overview.Need;
import io.fairlead.enterprise.roster.RosterCounts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The fleet at one look.
 *
 * @param people what waits for the viewer among the people
 * @param troubles of the server itself, for who may know
 */
public record OverviewView(Overview overview, Pending people, List<String> troubles, Instant now) {
    /** How many of a kind are named. */
    static final int SHOWN = 5;

    public RosterCounts counts() {
        return overview.counts();
    }

    public Overview.Today today() {
        return overview.today();
    }

    public List<Need> needs() {
        return overview.needs().needs();
    }

    public boolean isNobodyNeeded() {
        return needs().isEmpty() && people.isEmpty() && troubles.isEmpty();
    }

    /** The oldest proposals that the viewer may decide. */
    public List<Proposal> proposals() {
        return people.proposals().subList(0, Math.min(SHOWN, people.proposals().size()));
    }

    /** How a training stands that ends soon or has ended: warn or bad. */
    public String state(Pending.Ending ending) {
        return PersonView.state(ending.training().until(), now);
    }

    /** The states that there are. */
    public List<DeviceState> states() {
        return Arrays.stream(DeviceState.values())
                .filter(state -> counts().of(state) > 0)
                .sorted((one, other) -> other.compareTo(one))
                .toList();
    }

    /** Of these hundred parts. */
    public String share(int count) {
        return counts().total() == 0
                ? "0"
                : String.format(java.util.Locale.ROOT, "%.2f", 100.0 * count / counts().total());
    }

    public String count(int count) {
        return String.format(java.util.Locale.ROOT, "%,d", count);
    }

    public String path(DeviceState state) {
        return "/devices?state=" + state.key();
    }

    public String path(Health health) {
        return "/devices?health=" + health.key();
    }

    /** What somebody is needed for, in words. */
    public String title(Need need) {
        boolean one = need.devices() == 1;
        return switch (need.kind()) {
            case CLONES -> one ? "An identity that two PCs hold" : "Identities that two PCs hold";
            case CRITICAL_ALARMS -> one ? "A device with a critical alarm" : "Devices with a critical alarm";
            case MISSING -> one ? "A device is missing" : "Devices are missing";
            case CERTIFICATES -> one ? "A certificate about to end" : "Certificates about to end";
        };
    }

    /** What it means and what is to be done. */
    public String advice(Need need) {
        return switch (need.kind()) {
            case CLONES -> "Nothing is taken from either until somebody says which one is the device.";
            case CRITICAL_ALARMS -> "Open, and nobody has acknowledged it yet.";
            case MISSING -> "Not heard for more than ten minutes.";
            case CERTIFICATES -> "The agent should have renewed it by itself and has not.";
        };
    }

    /** Where all of them are. */
    public String path(Need need) {
        return switch (need.kind()) {
            case CLONES -> "/clones";
            case CRITICAL_ALARMS -> "/devices?health=critical";
            case MISSING -> "/devices?state=missing&sort=contact&order=desc";
            case CERTIFICATES -> "/devices?alarm=fairlead%2Fcertificate-expiring";
        };
    }

    /** Where one of them is. */
    public String path(Need need, Overview.Example example) {
        return switch (need.kind()) {
            case CLONES -> "/clones/" + example.device();
            case CRITICAL_ALARMS, CERTIFICATES -> "/devices/" + example.device() + "/alarms";
            case MISSING -> "/devices/" + example.device();
        };
    }

    public String icon(Need need) {
        return switch (need.kind()) {
            case CLONES -> "clones";
            case CRITICAL_ALARMS -> "alarm";
            case MISSING -> "clock";
            case CERTIFICATES -> "key";
        };
    }
}
