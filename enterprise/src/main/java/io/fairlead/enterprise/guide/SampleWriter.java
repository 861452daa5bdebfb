package io.fairlead.enterprise.guide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Writes a request as the schema wants it. What is needed is there, with what it means behind it where it is a value; what may
 * be left out stands in a comment, to be taken out of it. The contract has sequences only.
 */
final class SampleWriter {
    private static final String STEP = "  ";
    private static final String COMMON = "urn:fairlead:integration:1:common";
    /** A comment ends at two hyphens. */
    private static final String HYPHENS = "--";

    private final ContractXml contract;

    SampleWriter(ContractXml contract) {
        this.contract = contract;
    }

    /** The element of an operation, with its name spaces; without a line break at its end. */
    String request(String operation) {
        Element element = contract.element(operation);
        String head = "<t:" + operation + " xmlns:t=\"" + contract.namespace() + "\"";
        StringBuilder inside = new StringBuilder();
        members(sequence(element), STEP, inside);
        String all = inside.toString();
        String common = all.contains("<c:") ? " xmlns:c=\"" + COMMON + "\"" : "";
        return all.isEmpty() ? head + "/>" : head + common + ">\n" + all + "</t:" + operation + ">";
    }

    private List<Element> sequence(Element holder) {
        String named = holder.getAttribute("type");
        Element type = named.isEmpty()
                ? Xml.children(holder, "complexType").get(0)
                : contract.type("complexType", holder, named);
        List<Element> members = new ArrayList<>();
        if (type != null) {
            Xml.children(type, "sequence").forEach(sequence -> members.addAll(Xml.children(sequence, "element")));
        }
        return members;
    }

    private void members(List<Element> members, String indent, StringBuilder out) {
        members.forEach(one -> {
            if (one.getAttribute("minOccurs").equals("0")) {
                left(one, indent, out);
            } else {
                needed(one, indent, out);
            }
        });
    }

    private void needed(Element one, String indent, StringBuilder out) {
        String name = name(one);
        String value = value(one);
        if (value != null) {
            out.append(indent)
                    .append(element(name, value))
                    .append(" <!-- ")
                    .append(safe(Xml.words(one)))
                    .append(" -->\n");
            return;
        }
        List<Element> members = sequence(one);
        out.append(indent).append("<!-- ").append(safe(Xml.words(one))).append(" -->\n");
        if (members.isEmpty()) {
            out.append(indent).append('<').append(name).append("/>\n");
            return;
        }
        out.append(indent).append('<').append(name).append(">\n");
        members(members, indent + STEP, out);
        out.append(indent).append("</").append(name).append(">\n");
    }

    /** In one line, whatever it holds: comments have no comments in them. */
    private void left(Element one, String indent, StringBuilder out) {
        out.append(indent)
                .append("<!-- optional: ")
                .append(safe(Xml.sentence(Xml.words(one))))
                .append('\n');
        whole(one, indent, true, out);
        out.append(indent).append("-->\n");
    }

    /** With all that it needs, and what it may have where nothing is needed. */
    private void whole(Element one, String indent, boolean first, StringBuilder out) {
        String name = name(one);
        String value = value(one);
        if (value != null) {
            out.append(indent).append(element(name, value)).append('\n');
            return;
        }
        List<Element> members = sequence(one);
        List<Element> needed = members.stream()
                .filter(each -> !each.getAttribute("minOccurs").equals("0"))
                .toList();
        List<Element> shown = needed.isEmpty() && first ? members : needed;
        out.append(indent).append('<').append(name).append(">\n");
        shown.forEach(each -> whole(each, indent + STEP, false, out));
        out.append(indent).append("</").append(name).append(">\n");
    }

    private static String element(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    private static String name(Element one) {
        return (ContractXml.declaredIn(one).equals(COMMON) ? "c:" : "t:") + one.getAttribute("name");
    }

    /** Null for what has elements of its own. */
    private @Nullable String value(Element one) {
        String type = one.getAttribute("type");
        return type.isEmpty() || contract.type("complexType", one, type) != null
                ? null
                : SampleValues.of(
                        one.getAttribute("name"), SampleValues.local(type), contract.type("simpleType", one, type));
    }

    private static String safe(String words) {
        String text = words;
        while (text.contains(HYPHENS)) {
            text = text.replace(HYPHENS, "-");
        }
        return text.endsWith("-") ? text + " " : text;
    }
}
