package io.fairlead.enterprise.browser;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What pages load: style sheets, modules, the mark. Made by {@code src/main/web/build.mjs} and kept in memory in the three
 * ways in which they are sent. One hash stands in all of their addresses, so browsers keep them for ever.
 */
public final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    /** One file as it is, by gzip and by brotli. */
    record File(String type, Buffer plain, Buffer gzip, Buffer brotli) {}

    private final String hash;
    private final Map<String, File> files = new TreeMap<>();

    private Assets(String index) throws IOException {
        List<String> lines = index.lines().toList();
        hash = lines.get(0).substring("hash ".length());
        for (String name : lines.subList(1, lines.size())) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalStateException("no type is known for " + name);
            }
            files.put(name, new File(type, resource(name), resource(name + ".gz"), resource(name + ".br")));
        }
    }

    /** Reads them from the program. */
    public static Assets open() {
        try {
            return new Assets(resource("index.txt").toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a file, for templates. Throws for a name that is not there, so that a page cannot ship without. */
    public String url(String name) {
        if (!files.containsKey(name)) {
            throw new IllegalArgumentException("there is no asset " + name);
        }
        return "/assets/" + hash + "/" + name;
    }

    String hash() {
        return hash;
    }

    @Nullable
    File file(String name) {
        return files.get(name);
    }

    private static Buffer resource(String name) throws IOException {
        try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks assets/" + name + "; src/main/web makes it");
            }
            return Buffer.buffer(in.readAllBytes());
        }
    }
}
