package io.fairlead.enterprise.notification;

import io.fairlead.contract.integration.common.Severity;
import io.fairlead.contract.integration.consumer.Alarm;
import io.fairlead.contract.integration.consumer.Missing;
import io.fairlead.contract.integration.consumer.Notification;
import io.fairlead.contract.integration.consumer.Notify;
import io.fairlead.contract.integration.consumer.Session;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Writes what NotificationConsumer.wsdl says, and looks at the answer as far as is needed and no further. Thread-safe. */
final class Envelopes {
    private static final String CONTRACT = "urn:fairlead:integration:1:consumer";
    private static final String SOAP11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP12 = "http://www.w3.org/2003/05/soap-envelope";
    /** Elements before the answer's own, those of a header among them. */
    private static final int MOST_ELEMENTS = 200;

    private final JAXBContext context;
    private final XMLInputFactory readers = XMLInputFactory.newDefaultFactory();

    Envelopes() {
        try {
            context = JAXBContext.newInstance(Notify.class);
        } catch (JAXBException impossible) {
            throw new IllegalStateException("the contract's classes are broken", impossible);
        }
        readers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        readers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        readers.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    }

    Buffer write(Parcel parcel, boolean soap12) {
        Notify notify = new Notify();
        notify.setSubscription(parcel.subscription());
        notify.setToken(parcel.token());
        parcel.notifications().forEach(one -> notify.getNotification().add(notification(one)));
        StringWriter text = new StringWriter();
        text.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><s:Envelope xmlns:s=\"" + (soap12 ? SOAP12 : SOAP11)
                + "\"><s:Body>");
        try {
            Marshaller marshaller = context.createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            marshaller.marshal(notify, text);
        } catch (JAXBException impossible) {
            throw new IllegalStateException("a notification cannot be written", impossible);
        }
        text.write("</s:Body></s:Envelope>");
        return Buffer.buffer(text.toString());
    }

    private static Notification notification(Parcel.Notice one) {
        Notification notification = new Notification();
        notification.setNumber(one.number());
        notification.setKind(one.kind());
        notification.setAt(one.at());
        Parcel.Place place = one.device();
        if (place != null) {
            notification.setDevice(place.device());
            notification.setCustomer(place.customer());
            notification.setSite(place.site());
        }
        if (one.kind().equals(EventKind.ALARM_RAISED.key())) {
            notification.setAlarm(alarm(one.body()));
        } else if (one.kind().equals(EventKind.DEVICE_MISSING.key())) {
            Missing missing = new Missing();
            missing.setLastContact(time(one.body(), "lastContact"));
            notification.setMissing(missing);
        } else if (one.kind().equals(EventKind.SESSION_ENDED.key())) {
            notification.setSession(session(one.body()));
        }
        return notification;
    }

    private static Alarm alarm(JsonObject body) {
        Alarm alarm = new Alarm();
        alarm.setId(body.getLong("id"));
        alarm.setCode(body.getString("code"));
        alarm.setSeverity(Severity.fromValue(body.getString("severity")));
        alarm.setText(body.getString("text"));
        alarm.setRaisedAt(time(body, "raisedAt"));
        return alarm;
    }

    private static Session session(JsonObject body) {
        Session session = new Session();
        session.setId(body.getString("id"));
        session.setRequestedBy(body.getString("requestedBy"));
        session.setGrantedAt(time(body, "grantedAt"));
        session.setEndedAt(time(body, "endedAt"));
        session.setState(body.getString("state"));
        session.setCause(body.getString("cause"));
        return session;
    }

    private static @Nullable Instant time(JsonObject body, String name) {
        String text = body.getString(name);
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }

    /** Whether the answer says that all is kept: its body's first element is NotifyResponse. What follows is not read. */
    boolean isTaken(Buffer answer, boolean soap12) {
        String envelope = soap12 ? SOAP12 : SOAP11;
        try {
            XMLStreamReader reader = readers.createXMLStreamReader(new ByteArrayInputStream(answer.getBytes()));
            int depth = 0;
            boolean body = false;
            for (int elements = 0; elements < MOST_ELEMENTS; ) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    elements++;
                    depth++;
                    if (depth == 1 && !is(reader, envelope, "Envelope")) {
                        return false;
                    }
                    if (body) {
                        return is(reader, CONTRACT, "NotifyResponse");
                    }
                    body = depth == 2 && is(reader, envelope, "Body");
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                    if (body || depth == 0) {
                        return false;
                    }
                } else if (event == XMLStreamConstants.DTD
                        || event == XMLStreamConstants.ENTITY_REFERENCE
                        || event == XMLStreamConstants.END_DOCUMENT) {
                    return false;
                }
            }
            return false;
        } catch (XMLStreamException unreadable) {
            return false;
        }
    }

    private static boolean is(XMLStreamReader reader, String namespace, String name) {
        return name.equals(reader.getLocalName()) && namespace.equals(reader.getNamespaceURI());
    }
}
