package io.fairlead.enterprise.account;

import io.fairlead.enterprise.people.PersonListed;
import java.util.List;

/**
 * An account, as lists show it.
 *
 * @param listed name, label (as display name), whose it is, roles
 * @param passwords that are taken, the oldest first: none, one or two
 */
public record Account(PersonListed listed, AddressLimit limit, List<AccountPassword> passwords) {
    public Account {
        passwords = List.copyOf(passwords);
    }
}
