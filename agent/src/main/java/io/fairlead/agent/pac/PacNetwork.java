package io.fairlead.agent.pac;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Networks as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. */
final class PacNetwork {
    private PacNetwork() {}

    static boolean contains(String network, String address) {
        String[] parts = network.split("/", -1);
        if (parts.length != 2
                || address.isEmpty()
                || !parts[1].matches("\\d{1,3}")
                || !parts[0].matches("[0-9a-fA-F:.]+")) {
            return false;
        }
        try {
            byte[] net = InetAddress.getByName(parts[0]).getAddress();
            byte[] own = InetAddress.getByName(address).getAddress();
            int rest = net.length * 8 - Integer.parseInt(parts[1]);
            return net.length == own.length
                    && rest >= 0
                    && new BigInteger(1, net).shiftRight(rest).equals(new BigInteger(1, own).shiftRight(rest));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
