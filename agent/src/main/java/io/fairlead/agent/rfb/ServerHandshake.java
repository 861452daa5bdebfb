package io.fairlead.agent.rfb;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Logs in to the VNC server (RFC 6143, 7.1 to 7.3): versions, security, password, and a desktop shared with who looks
 * already.
 */
final class ServerHandshake {
    private static final int NONE = 1;
    private static final int VNC = 2;
    private static final int LONGEST_TEXT = 4_096;
    private static final int LONGEST_REASON = 200;

    private final Source from;
    private final Sink to;
    private final Supplier<byte[]> password;

    ServerHandshake(Source from, Sink to, Supplier<byte[]> password) {
        this.from = from;
        this.to = to;
        this.password = password;
    }

    Desktop open() throws Over {
        Version version = Version.of(from.take(Version.LENGTH));
        if (version == null) {
            throw Over.refused(Ended.Why.NOT_RFB, "");
        }
        to.write(version.line());
        byte[] secret = password.get();
        try {
            security(version, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        to.write((byte) 1); // ClientInit: shared, so that nobody at the site loses his own view.
        return desktop();
    }

    private void security(Version version, byte[] secret) throws Over {
        int type = version == Version.V3_3 ? decided(secret) : chosen(secret);
        if (type == VNC) {
            byte[] challenge = from.take(VncAuthentication.LENGTH).array();
            to.write(VncAuthentication.answer(challenge, secret));
        }
        if (type == VNC || version == Version.V3_8) {
            result(version, type);
        }
    }

    /** 3.3: the server says which. */
    private int decided(byte[] secret) throws Over {
        long type = from.u32();
        if (type == 0) {
            throw Over.refused(Ended.Why.TURNED_AWAY, reason());
        }
        return known(type == NONE, type == VNC, secret);
    }

    /** 3.7 and 3.8: the server says what it takes, we say which. */
    private int chosen(byte[] secret) throws Over {
        int count = from.u8();
        if (count == 0) {
            throw Over.refused(Ended.Why.TURNED_AWAY, reason());
        }
        boolean none = false;
        boolean vnc = false;
        for (int i = 0; i < count; i++) {
            int type = from.u8();
            none |= type == NONE;
            vnc |= type == VNC;
        }
        int type = known(none, vnc, secret);
        to.write((byte) type);
        return type;
    }

    /** A site that gave a password wants it used. */
    private static int known(boolean none, boolean vnc, byte[] secret) throws Over {
        if (vnc && secret.length > 0) {
            return VNC;
        }
        if (none) {
            return NONE;
        }
        throw Over.refused(vnc ? Ended.Why.NO_PASSWORD : Ended.Why.SECURITY, "");
    }

    private void result(Version version, int type) throws Over {
        if (from.u32() != 0) {
            Ended.Why why = type == VNC ? Ended.Why.WRONG_PASSWORD : Ended.Why.TURNED_AWAY;
            throw Over.refused(why, version == Version.V3_8 ? reason() : "");
        }
    }

    /** A server that breaks off in its reason has refused all the same. */
    private String reason() {
        try {
            return PlainName.of(text(), LONGEST_REASON);
        } catch (Over e) {
            return "";
        }
    }

    private Desktop desktop() throws Over {
        ByteBuffer head = from.take(4 + PixelFormat.LENGTH);
        int width = head.getShort() & 0xFFFF;
        int height = head.getShort() & 0xFFFF;
        try {
            PixelFormat format = PixelFormat.read(head);
            return new Desktop(width, height, format, PlainName.of(text(), Desktop.LONGEST_NAME));
        } catch (IllegalArgumentException e) {
            throw Over.broke(Side.SERVER, String.valueOf(e.getMessage()));
        }
    }

    private byte[] text() throws Over {
        long length = from.u32();
        if (length > LONGEST_TEXT) {
            throw Over.broke(Side.SERVER, "a name or reason of " + length + " bytes");
        }
        return from.take((int) length).array();
    }
}
