package io.fairlead.agent.link;

import io.fairlead.agent.link.LinkException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** A step towards a server that failed. The message is a sentence for people. */
public final class Obstructed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Obstacle obstacle;

    Obstructed(Obstacle obstacle, String message, Throwable cause) {
        super(message, cause);
        this.obstacle = obstacle;
    }

    public Obstacle obstacle() {
        return obstacle;
    }

    /** While a connection was made. */
    static Obstructed connecting(IOException e) {
        if (e instanceof RouteException route) {
            return new Obstructed(of(route.kind()), String.valueOf(e.getMessage()), e);
        }
        Obstacle obstacle = e instanceof UnknownHostException
                ? Obstacle.NAME_UNKNOWN
                : e instanceof SocketTimeoutException
                        ? Obstacle.SILENT
                        : e instanceof NoRouteToHostException
                                ? Obstacle.NO_WAY
                                : e instanceof ConnectException ? connect(e) : Obstacle.NO_WAY;
        return new Obstructed(
                obstacle,
                e instanceof SocketTimeoutException ? "no answer to the attempt to connect" : Dialer.words(e),
                e);
    }

    private static Obstacle connect(IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("refused")
                ? Obstacle.REFUSED
                : said.contains("timed out") ? Obstacle.SILENT : Obstacle.NO_WAY;
    }

    private static Obstacle of(Kind kind) {
        return switch (kind) {
            case PROXY_UNREACHABLE -> Obstacle.PROXY_UNREACHABLE;
            case PROXY_REFUSED -> Obstacle.PROXY_REFUSES;
            case PROXY_PASSWORD -> Obstacle.PROXY_PASSWORD;
            default -> Obstacle.PROXY_FAILS;
        };
    }

    /** Over a connection that was there. */
    static Obstructed asking(LinkException e) {
        Obstacle obstacle = switch (e.kind()) {
            case UNREACHABLE -> Obstacle.CUT;
            case PROXY_UNREACHABLE -> Obstacle.PROXY_UNREACHABLE;
            case PROXY_REFUSED -> Obstacle.PROXY_REFUSES;
            case PROXY_PASSWORD -> Obstacle.PROXY_PASSWORD;
            case TLS_REFUSED -> Obstacle.NOT_BELIEVED;
            case FAULT -> Obstacle.DEVICE_REFUSED;
            case BAD_ANSWER -> Obstacle.BAD_ANSWER;
        };
        return new Obstructed(obstacle, String.valueOf(e.getMessage()), e);
    }
}
