package io.fairlead.enterprise.publication;

import io.fairlead.enterprise.allowlist.Difference;
import io.fairlead.enterprise.allowlist.Edition;
import io.fairlead.enterprise.allowlist.Portion;
import io.fairlead.firewall.Row;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The editions as RSS 2.0: one item for each that changed something. */
final class Feed {
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    private Feed() {}

    /**
     * @param editions the newest first
     * @param portion the part of them that it is about
     * @param url of the people's listener, without a path
     */
    static Body of(List<Edition> editions, Portion portion, String url) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("rss");
            xml.writeAttribute("version", "2.0");
            xml.writeStartElement("channel");
            text(xml, "title", editions.get(0).list().title().value() + ": allowlist");
            text(xml, "link", url + "/allowlist");
            text(xml, "description", "What firewalls have to let out, and what changes.");
            text(xml, "lastBuildDate", date(editions.get(0).list().issued()));
            for (int i = 0; i < editions.size(); i++) {
                item(xml, editions, i, portion, url);
            }
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("no XML can be written to memory", impossible);
        }
        return Body.of(
                Buffer.buffer(out.toByteArray()), "application/rss+xml; charset=utf-8", "fairlead-allowlist.rss");
    }

    private static void item(XMLStreamWriter xml, List<Edition> editions, int index, Portion portion, String url)
            throws XMLStreamException {
        Edition edition = editions.get(index);
        String version = edition.list().version().value();
        List<String> sentences = new ArrayList<>();
        if (index + 1 < editions.size()) {
            Difference difference = Changes.between(editions.get(index + 1), edition, portion);
            if (difference.isNone()) {
                return;
            }
            say(sentences, "Added: ", difference.added());
            say(sentences, "Removed: ", difference.removed());
            say(sentences, "Changed: ", difference.changed());
        } else {
            sentences.add(edition.list().previous().isPresent() ? "Older changes are not told." : "The first list.");
        }
        xml.writeStartElement("item");
        text(xml, "title", "Version " + version);
        // Not a customer's own: what was made of a portion is for all who have the same one, and a link of theirs is a
        // secret.
        text(
                xml,
                "link",
                url + (portion.equals(Portion.ALL) ? "/firewall/endpoints?format=html" : "/allowlist/changes"));
        xml.writeStartElement("guid");
        xml.writeAttribute("isPermaLink", "false");
        xml.writeCharacters("fairlead-allowlist-" + version);
        xml.writeEndElement();
        text(xml, "pubDate", date(edition.list().issued()));
        text(xml, "description", String.join("\n", sentences));
        xml.writeEndElement();
    }

    private static void say(List<String> sentences, String word, List<Row> rows) {
        rows.forEach(row -> sentences.add(word + Changes.sentence(row)));
    }

    private static void text(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /** As RFC 822 has it, which RSS asks for. */
    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
