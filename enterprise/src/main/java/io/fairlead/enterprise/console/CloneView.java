package io.fairlead.enterprise.console;

import io.fairlead.enterprise.browser.Form;
import io.fairlead.enterprise.fleet.Device;
import io.fairlead.enterprise.fleet.HeldDevice;
import io.fairlead.enterprise.fleet.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One identity that is held, with its holders side by side, and the form by which somebody decides.
 *
 * @param may whether the viewer may decide
 * @param confirm whether what will happen is to be confirmed now
 */
public record CloneView(Device device, HeldDevice held, Form form, boolean may, boolean confirm) {
    static final String RELEASE = "release";

    /** Something about the holders. */
    public record Fact(String name, String help, List<Said> said, boolean differs) {}

    /** What is known of one of them: a text, a time, or nothing. */
    public record Said(@Nullable String text, @Nullable Instant at) {}

    /** What tells them apart, line by line; what they have in common as well. */
    public List<Fact> facts() {
        return List.of(
                fact("Address", "From where its newest poll came.", holder -> text(holder.address())),
                fact(
                        "In step",
                        "Whether it followed on the newest poll that was taken before two showed. The other went on from"
                                + " an older one. That says nothing about which of them is genuine.",
                        holder -> text(holder.inStep() ? "yes" : "no, branched off before")),
                fact("First seen", "", holder -> new Said(null, holder.firstSeen())),
                fact("Last seen", "", holder -> new Said(null, holder.lastSeen())),
                fact("Polls refused since", "", holder -> text(Long.toString(holder.polls()))),
                fact("Agent", "Its version.", holder -> text(holder.agentVersion())),
                fact(
                        "Instructions in its journal",
                        "The number of the newest that it has taken down. A copy from an old backup has fewer.",
                        holder -> text(Long.toString(holder.journaled()))),
                fact(
                        "Certificate",
                        "The end of its serial number. Both may have the same: it was copied with the disk.",
                        holder -> text(end(holder.certificate()))));
    }

    private Fact fact(String name, String help, Function<Holder, Said> of) {
        List<Said> said = held.holders().stream().map(of).toList();
        return new Fact(name, help, said, said.stream().distinct().count() > 1);
    }

    private static Said text(@Nullable String text) {
        return new Said(text, null);
    }

    private static @Nullable String end(@Nullable String serial) {
        return serial == null || serial.length() < 12 ? serial : "…" + serial.substring(serial.length() - 12);
    }

    /** The holder that is chosen to be kept; empty for release, or when nothing is chosen. */
    public Optional<Holder> kept() {
        String chosen = form.value("keep");
        return held.holders().stream()
                .filter(holder -> Integer.toString(holder.number()).equals(chosen))
                .findFirst();
    }

    public boolean releasing() {
        return form.value("keep").equals(RELEASE);
    }

    public List<Holder> others() {
        return held.holders().stream()
                .filter(holder -> !kept().equals(Optional.of(holder)))
                .toList();
    }

    /** A holder in words; when it was last seen is shown beside them, in the viewer's zone. */
    public String words(Holder holder) {
        return "holder " + holder.number() + (holder.address() == null ? "" : " at " + holder.address());
    }
}
