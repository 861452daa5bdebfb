package io.fairlead.enterprise.agentlane;

import io.fairlead.enterprise.identity.DeviceIdentity;
import io.fairlead.soap.Fault;
import io.fairlead.soap.Refusal;
import io.fairlead.soap.SoapCodec;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The codec over the buffers of Vert.x. */
final class Envelopes {
    private final SoapCodec codec;

    Envelopes(SoapCodec codec) {
        this.codec = codec;
    }

    <T> T read(Buffer envelope, Class<T> type) {
        return codec.read(envelope.getBytes(), type);
    }

    Buffer write(Object body) {
        return Buffer.buffer(codec.write(body));
    }

    Buffer fault(Fault fault, String correlation) {
        return Buffer.buffer(codec.fault(fault, correlation));
    }

    /** A message speaks for the device of the certificate, and for no other. */
    static void mustName(DeviceIdentity device, @Nullable String named) {
        if (!device.device().equals(named)) {
            throw new Refusal(Fault.WRONG_DEVICE, "certificate of device=" + device.device());
        }
    }
}
