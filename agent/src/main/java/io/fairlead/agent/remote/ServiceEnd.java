package io.fairlead.agent.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/** A service of this PC in use: bytes from it and to it. Any thread closes. */
interface ServiceEnd extends Closeable {
    int CONNECT_MILLIS = 5_000;

    InputStream in();

    OutputStream out();

    /** One that is reached by TCP, never through a proxy. */
    record Dialled(Socket socket, InputStream in, OutputStream out) implements ServiceEnd {
        static Dialled to(Service service) throws IOException {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.setTcpNoDelay(true);
                InetAddress host =
                        InetAddress.getByName(service.at().orElseThrow().host());
                socket.connect(
                        new InetSocketAddress(host, service.at().orElseThrow().port()), CONNECT_MILLIS);
                return new Dialled(socket, socket.getInputStream(), socket.getOutputStream());
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
