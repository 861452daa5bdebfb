package io.fairlead.enterprise.recording;

import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where recordings lie.
 *
 * <pre>
 * ID.new   its first chunk is not forced yet: nothing was shown
 * ID.part  being recorded, or what a crash left of it
 * ID.flr   ended
 * ID.keep  until when it is kept, when that is longer than its header says
 * </pre>
 */
record Places(Path folder) {
    static final String NEW = ".new";
    static final String PART = ".part";
    static final String ENDED = ".flr";
    static final String KEEP = ".keep";

    Path of(RecordingId id, String suffix) {
        return folder.resolve(id.value() + suffix);
    }

    /** The file of a recording, ended or not. */
    Path find(RecordingId id) {
        Path part = of(id, PART);
        Path ended = of(id, ENDED);
        if (Files.exists(ended)) {
            return ended;
        }
        if (Files.exists(part)) {
            return part;
        }
        // It may have ended between the two questions.
        if (Files.exists(ended)) {
            return ended;
        }
        throw new Refusal(Fault.NOT_FOUND, "no recording=" + id);
    }

    /**
     * A file that was opened to be read.
     *
     * @param ended whether its name said then that it is complete
     */
    record Opened(FileChannel channel, boolean ended) {}

    /** Opens a recording's file, whatever it is called meanwhile. */
    Opened read(RecordingId id) throws IOException {
        try {
            return opened(find(id));
        } catch (NoSuchFileException renamed) {
            return opened(find(id));
        }
    }

    private static Opened opened(Path file) throws IOException {
        boolean ended = String.valueOf(file.getFileName()).endsWith(ENDED);
        return new Opened(FileChannel.open(file, StandardOpenOption.READ), ended);
    }
}
