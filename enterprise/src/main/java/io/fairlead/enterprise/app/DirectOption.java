package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.DirectDatabase;
import io.fairlead.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data is, for the few commands that go to the database directly, whether a server runs or not. */
final class DirectOption {
    private final Path otherwise;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The server's data folder. Default: /var/lib/fairlead for root, else ~/.local/share/fairlead.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file: where its data folder and its database are.")
    private @Nullable Path config;

    /** @param otherwise the data folder where none is named */
    DirectOption(Path otherwise) {
        this.otherwise = otherwise;
    }

    /** The server's folder; ends the command where there is none. */
    DataFolder folder() {
        Path folder =
                data != null ? data : settings().flatMap(EnterpriseConfig::data).orElse(otherwise);
        if (!Files.isDirectory(folder.resolve("secrets"))) {
            throw new Unable("There is no server's data in " + folder + "; name its data folder with --data DIR.");
        }
        return new DataFolder(folder);
    }

    /** Its database, which the caller closes. */
    DirectDatabase open(DataFolder folder) {
        return DirectDatabase.open(folder, settings().flatMap(EnterpriseConfig::databaseUrl));
    }

    private Optional<EnterpriseConfig> settings() {
        try {
            return Optional.ofNullable(config).map(EnterpriseConfig::read);
        } catch (SettingsException unusable) {
            throw new Unable(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
