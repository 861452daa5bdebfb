package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a server says about its desktop (ServerInit, RFC 6143, 7.3.2).
 *
 * @param name plain, at most 256 bytes
 */
record Desktop(int width, int height, PixelFormat format, String name) {
    static final int LARGEST = 16_384;
    static final int LONGEST_NAME = 256;

    Desktop {
        if (!fits(width, height)) {
            throw new IllegalArgumentException("a desktop of " + width + " x " + height);
        }
    }

    static boolean fits(int width, int height) {
        return width >= 1 && width <= LARGEST && height >= 1 && height <= LARGEST;
    }

    ByteBuffer message() {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(4 + PixelFormat.LENGTH + 4 + bytes.length);
        message.putShort((short) width).putShort((short) height);
        format.write(message);
        message.putInt(bytes.length).put(bytes);
        return message;
    }
}
