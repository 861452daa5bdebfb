package io.fairlead.agent.status;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one format of result files. */
interface ResultReader {
    /** Records of one file that are taken; a file with more is taken to be something else. */
    int MAX_RECORDS = 500;

    /** Values of one file that are taken, likewise. */
    int MAX_VALUES = 5000;

    /**
     * Says every record of the file.
     *
     * @throws MalformedResult when the file is not what {@code site.conf} says; nothing of it may be used then
     */
    void read(Path file, Findings findings) throws IOException, MalformedResult;

    /** The file is not as {@code site.conf} says. The message says where. */
    final class MalformedResult extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedResult(String why) {
            super(why);
        }
    }
}
