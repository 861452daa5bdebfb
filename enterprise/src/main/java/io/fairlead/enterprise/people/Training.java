package io.fairlead.enterprise.people;

import java.time.Instant;

/**
 * A training on record.
 *
 * @param model of device that it was for
 * @param until when it is out of date
 * @param evidence where the record of it is: a certificate's number, a course
 */
public record Training(long id, String model, Instant until, String evidence) {
    boolean holdsAt(Instant now) {
        return now.isBefore(until);
    }
}
