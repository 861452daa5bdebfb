package io.fairlead.enterprise.kernel;

/** A role of PostgreSQL and its password. Never printed: {@code toString} leaves the password out. */
public record DatabaseLogin(String role, String password) {
    public DatabaseLogin {
        if (role.isBlank() || password.isBlank()) {
            throw new IllegalArgumentException("a database login needs a role and a password");
        }
    }

    @Override
    public String toString() {
        return role;
    }
}
