package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.user.Grant;
import io.fairlead.contract.integration.user.GrantList;
import io.fairlead.contract.integration.user.Role;
import io.fairlead.contract.integration.user.RoleList;
import io.fairlead.contract.integration.user.Roles;
import io.fairlead.contract.integration.user.TrainingList;
import io.fairlead.contract.integration.user.User;
import io.fairlead.contract.integration.user.UserCriteria;
import io.fairlead.contract.integration.user.UserKind;
import io.fairlead.contract.integration.user.UserList;
import io.fairlead.contract.integration.user.UserPage;
import io.fairlead.contract.integration.user.UserRecord;
import io.fairlead.contract.integration.user.UserSort;
import io.fairlead.enterprise.people.Action;
import io.fairlead.enterprise.people.PeopleSearch;
import io.fairlead.enterprise.people.Person;
import io.fairlead.enterprise.people.PersonDetails;
import io.fairlead.enterprise.people.PersonListed;
import io.fairlead.enterprise.people.PersonQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The contract's words for people and roles, and ours. */
final class UserWords {
    /** Of grants, and of trainings, as the contract bounds them. */
    private static final int MOST = 500;

    private UserWords() {}

    static PersonQuery query(UserCriteria wanted) {
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return new PersonQuery(
                Paging.words(wanted.getText()),
                wanted.getKind() == null
                        ? null
                        : Person.Kind.valueOf(wanted.getKind().name()),
                wanted.getCustomer(),
                wanted.getRole(),
                wanted.isDisabled(),
                sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
    }

    private static PersonQuery.Sort sort(@Nullable UserSort by) {
        return by == null || by == UserSort.ID ? PersonQuery.Sort.NAME : PersonQuery.Sort.valueOf(by.name());
    }

    static UserPage page(PeopleSearch.Page<PersonListed> found, int size) {
        UserList list = new UserList();
        found.items().forEach(one -> list.getUser().add(user(one.person(), one.roles(), one.trainingEnds())));
        UserPage page = new UserPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setUsers(list);
        return page;
    }

    private static User user(
            Person person, List<io.fairlead.enterprise.people.Role> roles, @Nullable Instant trainingEnds) {
        User user = new User();
        user.setId(person.name());
        user.setKind(UserKind.valueOf(person.kind().name()));
        user.setDisplayName(person.displayName());
        user.setOrganisation(person.organisation());
        user.setCustomer(person.customer());
        roles.forEach(role -> user.getRole().add(role.key()));
        user.setTrainingEnds(trainingEnds);
        user.setCreatedAt(person.createdAt());
        user.setDisabledSince(person.disabledSince());
        user.setVersion(person.version());
        return user;
    }

    static UserRecord record(PersonDetails details, Instant now) {
        Person person = details.person();
        GrantList grants = new GrantList();
        details.grants().stream().limit(MOST).forEach(one -> grants.getGrant().add(grant(one)));
        TrainingList trainings = new TrainingList();
        details.trainings().stream()
                .limit(MOST)
                .forEach(one -> trainings.getTraining().add(TrainingWords.training(person.name(), one)));
        UserRecord record = new UserRecord();
        record.setUser(user(person, roles(details, now), trainingEnds(details, now)));
        record.setGrants(grants);
        record.setTrainings(trainings);
        return record;
    }

    private static List<io.fairlead.enterprise.people.Role> roles(PersonDetails details, Instant now) {
        return details.grants().stream()
                .map(PersonDetails.Granted::grant)
                .filter(grant -> grant.until() == null || now.isBefore(grant.until()))
                .map(io.fairlead.enterprise.people.Grant::role)
                .distinct()
                .sorted()
                .toList();
    }

    private static @Nullable Instant trainingEnds(PersonDetails details, Instant now) {
        return details.trainings().stream()
                .map(one -> one.training().until())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Grant grant(PersonDetails.Granted granted) {
        io.fairlead.enterprise.people.Grant one = granted.grant();
        Grant grant = new Grant();
        grant.setId(one.id());
        grant.setRole(one.role().key());
        grant.setRegion(one.scope().region());
        grant.setCustomer(one.scope().customer());
        grant.setModel(one.scope().model());
        grant.setUntil(one.until());
        grant.setGrantedAt(granted.at());
        grant.setGrantedBy(granted.by());
        grant.setApprovedBy(granted.approvedBy());
        return grant;
    }

    static Roles roles() {
        RoleList list = new RoleList();
        for (io.fairlead.enterprise.people.Role each : io.fairlead.enterprise.people.Role.values()) {
            Role role = new Role();
            role.setId(each.key());
            role.setOfCustomer(each.isOfCustomer());
            each.actions().forEach(action -> role.getRight().add(right(action)));
            list.getRole().add(role);
        }
        Roles roles = new Roles();
        roles.setRoles(list);
        return roles;
    }

    private static String right(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
