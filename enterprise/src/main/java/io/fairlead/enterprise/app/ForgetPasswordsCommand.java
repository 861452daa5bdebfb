package io.fairlead.enterprise.app;

import io.fairlead.enterprise.kernel.DataFolder;
import io.fairlead.enterprise.kernel.DirectDatabase;
import io.fairlead.enterprise.login.LostPasswords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The way out when the secret that seals the passwords is lost for good; directly at the database. */
@Command(
        name = "forget-passwords",
        description = {
            "Forgets the passwords that nobody can use any more, because secrets/login.key, which sealed them, is lost.",
            "Without --yes it only says how many. People, their rights and their passkeys stay."
        },
        footer = {
            "",
            "Afterwards the server starts and makes a new secret. Whoever is to log in needs a new link:",
            "`fairlead people link NAME` on the server's machine.",
            "",
            "Examples:",
            "  fairlead enterprise forget-passwords",
            "  fairlead enterprise forget-passwords --config /etc/fairlead/enterprise.conf --yes"
        })
final class ForgetPasswordsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final DirectOption direct;

    @Option(names = "--yes", description = "Does it.")
    private boolean yes;

    ForgetPasswordsCommand(Screen screen, DirectOption direct) {
        this.screen = screen;
        this.direct = direct;
    }

    @Override
    public Integer call() {
        DataFolder folder = direct.folder();
        LostPasswords lost = new LostPasswords(folder);
        try (DirectDatabase database = direct.open(folder);
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            int count = yes ? lost.forget(connection, "os:" + System.getProperty("user.name")) : lost.count(connection);
            connection.commit();
            screen.print(answer(count));
            return yes || count == 0 ? 0 : 1;
        } catch (SQLException failure) {
            throw new Unable("The database cannot be used: " + failure.getMessage(), failure);
        }
    }

    private String answer(int count) {
        if (count == 0) {
            return "No password is lost: each is sealed by the secret that is here. Nothing was changed.";
        }
        String passwords = count == 1 ? "1 password" : count + " passwords";
        return yes
                ? passwords + " forgotten. Start the server, and make new links: fairlead people link NAME"
                : passwords + " cannot be used with the secrets that are here. If the lost one cannot be restored:"
                        + " again with --yes.";
    }
}
