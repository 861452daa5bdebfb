package io.fairlead.perf.compare;

import io.fairlead.perf.fleet.Identity;
import io.fairlead.perf.fleet.Memory;
import io.vertx.core.Vertx;

/**
 * A server that devices poll, and how.
 *
 * @param memory tokens and journals of the devices
 * @param enrolled whether they are enrolled there: their tokens and journals are kept, and as agents do they poll twice
 *     without being held before they are
 * @param quiet whether a device that is given an instruction leaves it at that: it neither says that it has it nor polls
 *     again before it is told to. Else it does both, at once
 */
record PollSide(
        Vertx vertx, DeviceClients clients, PollTally tally, Memory memory, int port, boolean enrolled, boolean quiet) {
    private static final int HOLD_SECONDS = 50;

    /** Polls that are not held, before one is. */
    int doubts() {
        return enrolled ? 2 : 0;
    }

    String request(Identity device, boolean held) {
        String token = enrolled
                ? memory.token(device)
                        .map(kept -> "<token>" + kept + "</token>")
                        .orElse("")
                : "";
        String envelope = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\""
                + "http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><Poll xmlns=\"urn:fairlead:agent-channel:1\"><device>"
                + device.device() + "</device><hold>" + (held ? HOLD_SECONDS : 0) + "</hold><journaled>"
                + (enrolled ? memory.journaled(device) : 0) + "</journaled>" + token
                + "<agentVersion>0.1.0</agentVersion></Poll></s:Body></s:Envelope>";
        return "POST /agent HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \"urn:fairlead:agent-channel:1/Poll\""
                + "\r\nContent-Length: " + envelope.length() + "\r\n\r\n" + envelope;
    }

    /** Keeps the token of an answer. */
    void keepToken(Identity device, String answer) {
        int from = answer.indexOf("<token>") + "<token>".length();
        if (enrolled && from >= "<token>".length()) {
            memory.keepToken(device, answer.substring(from, answer.indexOf("</token>", from)));
        }
    }

    /** Keeps the number of the last instruction of an answer, if there is one; whether there is. */
    boolean journal(Identity device, String answer) {
        int instruction = answer.lastIndexOf("<instruction ");
        if (instruction < 0) {
            return false;
        }
        if (enrolled && !quiet) {
            int number = answer.indexOf("sequence=\"", instruction) + "sequence=\"".length();
            memory.keepJournaled(device, Long.parseLong(answer, number, answer.indexOf('"', number), 10));
        }
        return true;
    }
}
