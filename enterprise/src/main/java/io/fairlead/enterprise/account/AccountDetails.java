package io.fairlead.enterprise.account;

import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.PersonDetails;
import java.util.List;

/**
 * All that is on record of an account.
 *
 * @param person what it is granted and trained for, as of people
 * @param passwords that are taken, the oldest first: none, one or two
 * @param certificates that were not removed, the oldest first: {@value CertificateRegister#MOST} at most
 */
public record AccountDetails(
        PersonDetails person,
        AddressLimit limit,
        List<AccountPassword> passwords,
        List<AccountCertificate> certificates) {
    public AccountDetails {
        passwords = List.copyOf(passwords);
        certificates = List.copyOf(certificates);
    }

    /** Its name, its label, whose it is. */
    public Person account() {
        return person.person();
    }
}
