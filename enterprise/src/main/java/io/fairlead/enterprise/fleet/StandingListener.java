package io.fairlead.enterprise.fleet;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Told, within the transaction, what people and polls say about a device as a whole. When a future fails, nothing of it happens. */
public interface StandingListener {
    /** A device is stolen: what waits for it is void. */
    default Future<Void> stolen(SqlConnection connection, DeviceId device, String actor) {
        return Future.succeededFuture();
    }

    /** A device is out of service: what waits for it is void. */
    default Future<Void> retired(SqlConnection connection, DeviceId device, String actor) {
        return Future.succeededFuture();
    }

    /** Something about a device that a person must look at. */
    default Future<Void> alarming(SqlConnection connection, DeviceId device, Alarming what, String text) {
        return Future.succeededFuture();
    }

    /** It is over. */
    default Future<Void> settled(SqlConnection connection, DeviceId device, Alarming what) {
        return Future.succeededFuture();
    }

    /** What is alarming about a device as a whole. */
    enum Alarming {
        STOLEN("fairlead/stolen"),
        TWO_HOLDERS("fairlead/two-holders");

        private final String code;

        Alarming(String code) {
            this.code = code;
        }

        /** As alarms are named. */
        public String code() {
            return code;
        }
    }
}
