package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.FairleadFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service's WSDL and its schemas as they are served: the files of the contract to the letter, with our address in place
 * of the example's, and each import by its address. Made once; what was not made is not there.
 */
final class ContractFiles {
    private static final String EXAMPLE = "https://console.example:8443";
    private static final Pattern IMPORT = Pattern.compile("schemaLocation=\"([A-Za-z]+\\.xsd)\"");

    private final String wsdl;
    private final Map<String, String> schemas = new HashMap<>();

    /** @param published where the people's listener is for callers, without a path */
    ContractFiles(ServiceContract contract, String published) {
        String address = published + Wire.SOAP11.path() + contract.name();
        String original = resource("/" + contract.wsdl());
        if (!original.contains("\"" + EXAMPLE + Wire.SOAP11.path() + contract.name() + "\"")) {
            throw new IllegalStateException(contract.wsdl() + " does not have the address that is replaced");
        }
        wsdl = served(original.replace(EXAMPLE, published), address);
        Deque<String> wanted = imports(original);
        while (!wanted.isEmpty()) {
            String name = wanted.pop();
            if (!schemas.containsKey(name)) {
                String schema = resource("/" + contract.wsdl().replaceAll("[^/]+$", name));
                schemas.put(name, served(schema, address));
                wanted.addAll(imports(schema));
            }
        }
    }

    private static String served(String file, String address) {
        return IMPORT.matcher(file).replaceAll("schemaLocation=\"" + address + "?xsd=$1\"");
    }

    private static Deque<String> imports(String file) {
        Deque<String> names = new ArrayDeque<>();
        Matcher each = IMPORT.matcher(file);
        while (each.find()) {
            names.add(each.group(1));
        }
        return names;
    }

    private static String resource(String name) {
        try (InputStream in = FairleadFault.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the contract's jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a query asks for: {@code wsdl}, or {@code xsd=common.xsd}. */
    Optional<String> file(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        return query.equalsIgnoreCase("wsdl")
                ? Optional.of(wsdl)
                : query.startsWith("xsd=") ? Optional.ofNullable(schemas.get(query.substring(4))) : Optional.empty();
    }
}
