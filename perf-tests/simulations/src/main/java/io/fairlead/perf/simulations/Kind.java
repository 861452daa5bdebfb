package io.fairlead.perf.simulations;

import java.util.Arrays;
import java.util.Optional;

/** The simulations, as the command line names them. */
enum Kind {
    NORMAL_DAY("normal-day", NormalDay.class, false, false),
    ALARM_BURST("alarm-burst", AlarmBurst.class, false, false),
    RECONNECT_STORM("reconnect-storm", ReconnectStorm.class, false, false),
    UPLOAD_WAVE("upload-wave", UploadWave.class, true, false),
    EVERYTHING("everything", Everything.class, true, true);

    private final String word;
    private final String simulation;
    private final boolean files;
    private final boolean people;

    Kind(String word, Class<?> simulation, boolean files, boolean people) {
        this.word = word;
        this.simulation = simulation.getName();
        this.files = files;
        this.people = people;
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    /** The class that Gatling plays. */
    String simulation() {
        return simulation;
    }

    /** Whether every device is asked for a file before it begins. */
    boolean hasFiles() {
        return files;
    }

    /** Whether people and other systems come as well. */
    boolean hasPeople() {
        return people;
    }
}
