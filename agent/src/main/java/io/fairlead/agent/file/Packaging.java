package io.fairlead.agent.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a diagnostic package: one zip, {@code manifest.json} last. What is too large is taken in with its newest part; what is
 * marked as possibly holding patient data, or lies in no upload root, is left out; the manifest says so. One thread's own.
 */
final class Packaging {
    private static final int MOST_FILES = 200;
    private static final int PIECE = 65_536;
    /** No file takes more of the package than this part, so that one log does not push out the others. */
    private static final int SHARE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Packaging.class);

    private final FileRules rules;
    private final Walk walk;
    private final Clock clock;
    private final Manifest manifest = new Manifest();
    private final Set<String> names = new HashSet<>();
    private long left;

    Packaging(FileRules rules, Walk walk, Clock clock) {
        this.rules = rules;
        this.walk = walk;
        this.clock = clock;
        this.left = rules.mostPackage();
    }

    /** Writes the package; the stream stays open. */
    void write(List<PackagePart> parts, String device, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (PackagePart part : parts) {
            if (part instanceof PackagePart.Made made) {
                write(made, zip);
            } else if (part instanceof PackagePart.Files files) {
                write(files, zip);
            }
        }
        entry(zip, "manifest.json", clock.instant());
        zip.write(manifest.json(device, clock.instant()));
        zip.closeEntry();
        zip.finish();
    }

    private void write(PackagePart.Made made, ZipOutputStream zip) throws IOException {
        String text;
        try {
            text = made.text().get();
        } catch (RuntimeException e) {
            LOG.warn("package=part-failed name={}", made.name(), e);
            manifest.leftOut(made.what(), "could not be made: " + e.getClass().getSimpleName());
            return;
        }
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        if (all.length > left) {
            manifest.leftOut(made.what(), "the package is full");
            return;
        }
        left -= all.length;
        entry(zip, made.name(), clock.instant());
        zip.write(all);
        zip.closeEntry();
        manifest.entry(made.name(), all.length, hex(Sending.sha256().digest(all)), made.what(), clock.instant(), 0);
    }

    private void write(PackagePart.Files files, ZipOutputStream zip) throws IOException {
        List<Path> found;
        try {
            found = newestFirst(files);
        } catch (NoSuchFileException | NotDirectoryException e) {
            manifest.leftOut(files.folder() + "/" + files.glob(), "there is no such folder");
            return;
        } catch (IOException e) {
            manifest.leftOut(
                    files.folder() + "/" + files.glob(),
                    "cannot be listed: " + e.getClass().getSimpleName());
            return;
        }
        if (found.isEmpty()) {
            manifest.leftOut(files.folder() + "/" + files.glob(), "there is no such file");
        }
        for (Path file : found) {
            try (Source source = open(files, file)) {
                write(source, files, file, zip);
            } catch (NotPossible e) {
                manifest.leftOut(file.toString(), e.why());
            }
        }
    }

    private List<Path> newestFirst(PackagePart.Files files) throws IOException {
        record Seen(Path path, Instant changed) {}
        List<Seen> seen = new ArrayList<>();
        var glob = files.folder().getFileSystem().getPathMatcher("glob:" + files.glob());
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(files.folder(), path -> glob.matches(path.getFileName()))) {
            for (Path each : entries) {
                changed(each).ifPresent(time -> seen.add(new Seen(each, time)));
            }
        }
        seen.sort(Comparator.comparing(Seen::changed).reversed());
        if (seen.size() > MOST_FILES) {
            manifest.leftOut(files.folder() + "/" + files.glob(), (seen.size() - MOST_FILES) + " older files");
        }
        return seen.stream().limit(MOST_FILES).map(Seen::path).toList();
    }

    private static Optional<Instant> changed(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.isDirectory()
                    ? Optional.empty()
                    : Optional.of(seen.lastModifiedTime().toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Source open(PackagePart.Files files, Path file) throws IOException, NotPossible {
        if (files.own()) {
            return Source.open(walk, files.folder(), NamePath.parse(String.valueOf(file.getFileName())));
        }
        for (Path root : rules.uploadRoots()) {
            if (file.startsWith(root)) {
                NamePath path = NamePath.parse(root.relativize(file).toString().replace('\\', '/'));
                if (Located.patient(rules, root, path)) {
                    throw NotPossible.refused("marked as possibly holding patient data");
                }
                return Source.open(walk, root, path);
            }
        }
        throw NotPossible.refused("in no upload root");
    }

    private void write(Source source, PackagePart.Files files, Path file, ZipOutputStream zip)
            throws IOException, NotPossible {
        long most = Math.min(left, rules.mostPackage() / SHARE);
        long size = Math.min(source.size(), most);
        if (size == 0 && source.size() > 0) {
            throw NotPossible.refused("the package is full");
        }
        left -= size;
        String name = unused(files.into() + "/" + file.getFileName());
        Instant changed = changed(file).orElse(clock.instant());
        long cut = source.size() - size;
        MessageDigest digest = Sending.sha256();
        entry(zip, name, changed);
        for (long at = 0; at < size; at += PIECE) {
            byte[] piece = source.read(cut + at, (int) Math.min(PIECE, size - at));
            digest.update(piece);
            zip.write(piece);
        }
        zip.closeEntry();
        manifest.entry(name, size, hex(digest.digest()), file.toString(), changed, cut);
    }

    private String unused(String name) {
        String free = name;
        for (int n = 2; !names.add(free); n++) {
            free = name + "." + n;
        }
        return free;
    }

    private static void entry(ZipOutputStream zip, String name, Instant time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time.toEpochMilli());
        zip.putNextEntry(entry);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
