package io.fairlead.enterprise.recording;

import io.fairlead.statements.Ticket;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What a recording is of. It lies encrypted at the recording's beginning.
 *
 * @param session of which the stream is one; {@code stream} names it. Both as the agent's statements name them
 * @param device the device's id
 * @param service its name in the site's configuration, at most 64 characters
 * @param person who watches, in words, at most 200 characters
 * @param keepDays how long it is kept from its beginning, 1 to 36,500
 */
public record Head(
        String session, String stream, String device, Ticket.Kind kind, String service, String person, int keepDays) {
    private static final int ID = 64;
    private static final int PERSON = 200;
    private static final int LONGEST_KEPT = 36_500;

    /** Throws IllegalArgumentException for what is too long. */
    public Head {
        if (session.length() > ID
                || stream.length() > ID
                || device.length() > ID
                || service.length() > ID
                || person.length() > PERSON
                || keepDays < 1
                || keepDays > LONGEST_KEPT) {
            throw new IllegalArgumentException("a recording's head has a value that is too long");
        }
    }

    Buffer json() {
        return new JsonObject()
                .put("session", session)
                .put("stream", stream)
                .put("device", device)
                .put("kind", kind.word())
                .put("service", service)
                .put("person", person)
                .put("keepDays", keepDays)
                .toBuffer();
    }

    static Head read(byte[] json) throws RecordingDamaged {
        try {
            JsonObject head = new JsonObject(Buffer.buffer(json));
            return new Head(
                    head.getString("session"),
                    head.getString("stream"),
                    head.getString("device"),
                    Ticket.Kind.of(head.getString("kind")),
                    head.getString("service"),
                    head.getString("person"),
                    head.getInteger("keepDays"));
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException unfit) {
            throw new RecordingDamaged("its head cannot be read", unfit);
        }
    }
}
