package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.user.Find;
import io.fairlead.contract.integration.user.FindById;
import io.fairlead.contract.integration.user.FindByIdResponse;
import io.fairlead.contract.integration.user.FindResponse;
import io.fairlead.contract.integration.user.FindRoles;
import io.fairlead.contract.integration.user.FindRolesResponse;
import io.fairlead.contract.integration.user.FindTrainings;
import io.fairlead.contract.integration.user.FindTrainingsResponse;
import io.fairlead.contract.integration.user.NewTraining;
import io.fairlead.contract.integration.user.PushTrainings;
import io.fairlead.contract.integration.user.PushTrainingsResponse;
import io.fairlead.contract.integration.user.TrainingWithdrawal;
import io.fairlead.contract.integration.user.UserService;
import io.fairlead.contract.integration.user.WithdrawTrainings;
import io.fairlead.contract.integration.user.WithdrawTrainingsResponse;
import io.fairlead.enterprise.people.Grants;
import io.fairlead.enterprise.people.People;
import io.fairlead.enterprise.people.PeopleSearch;
import io.fairlead.enterprise.people.PersonQuery;
import io.fairlead.enterprise.people.TrainingQuery;
import io.fairlead.enterprise.people.Widening;
import io.vertx.core.Future;
import java.time.Clock;

/** UserService: people, roles and trainings. Whatever widens what somebody may waits for a person to approve of it. */
public final class UserOperations implements IntegrationService {
    private final People people;
    private final PeopleSearch search;
    private final Grants grants;
    private final Clock clock;

    public UserOperations(People people, PeopleSearch search, Grants grants, Clock clock) {
        this.people = people;
        this.search = search;
        this.grants = grants;
        this.clock = clock;
    }

    @Override
    public Class<UserService> contract() {
        return UserService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(FindRoles.class, this::roles);
        operations.answer(FindTrainings.class, this::trainings);
        operations.answer(PushTrainings.class, this::push);
        operations.answer(WithdrawTrainings.class, this::withdraw);
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        PersonQuery query = UserWords.query(request.getCriteria());
        return search.people(caller.actor(), query).map(found -> {
            FindResponse response = new FindResponse();
            response.setPage(UserWords.page(found, query.size()));
            return response;
        });
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return people.details(caller.actor(), request.getId()).map(details -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setRecord(UserWords.record(details, clock.instant()));
            return response;
        });
    }

    /** What roles there are is no secret: whoever has an account may know. */
    private Future<FindRolesResponse> roles(Caller caller, FindRoles request) {
        FindRolesResponse response = new FindRolesResponse();
        response.setRoles(UserWords.roles());
        return Future.succeededFuture(response);
    }

    private Future<FindTrainingsResponse> trainings(Caller caller, FindTrainings request) {
        TrainingQuery query = TrainingWords.query(request.getCriteria());
        return search.trainings(caller.actor(), query).map(found -> {
            FindTrainingsResponse response = new FindTrainingsResponse();
            response.setPage(TrainingWords.page(found, query.size()));
            return response;
        });
    }

    private Future<PushTrainingsResponse> push(Caller caller, PushTrainings request) {
        return Bulk.run(
                        caller,
                        request.getTraining(),
                        NewTraining::getRef,
                        each -> push(caller, TrainingWords.widening(each)))
                .map(result -> {
                    PushTrainingsResponse response = new PushTrainingsResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<Bulk.Done> push(Caller caller, Widening.OfTraining training) {
        return grants.push(caller.actor(), training)
                .map(done -> new Bulk.Done(training.person(), null, !done.isInEffect()));
    }

    private Future<WithdrawTrainingsResponse> withdraw(Caller caller, WithdrawTrainings request) {
        return Bulk.run(
                        caller,
                        request.getTraining(),
                        TrainingWithdrawal::getRef,
                        each -> grants.withdrawTraining(
                                        caller.actor(), each.getPerson(), each.getId(), request.getReason())
                                .map(done -> new Bulk.Done(Long.toString(each.getId()), null)))
                .map(result -> {
                    WithdrawTrainingsResponse response = new WithdrawTrainingsResponse();
                    response.setResult(result);
                    return response;
                });
    }
}
