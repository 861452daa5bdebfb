package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.user.NewTraining;
import io.fairlead.contract.integration.user.Training;
import io.fairlead.contract.integration.user.TrainingCriteria;
import io.fairlead.contract.integration.user.TrainingList;
import io.fairlead.contract.integration.user.TrainingPage;
import io.fairlead.contract.integration.user.TrainingSort;
import io.fairlead.enterprise.people.PeopleSearch;
import io.fairlead.enterprise.people.PersonDetails;
import io.fairlead.enterprise.people.TrainingQuery;
import io.fairlead.enterprise.people.Widening;
import org.jspecify.annotations.Nullable;

/** The contract's words for trainings, and ours. */
final class TrainingWords {
    private TrainingWords() {}

    static Widening.OfTraining widening(NewTraining training) {
        return new Widening.OfTraining(
                training.getPerson(), training.getModel(), Moments.stored(training.getUntil()), training.getEvidence());
    }

    static TrainingQuery query(TrainingCriteria wanted) {
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        return new TrainingQuery(
                wanted.getPerson(),
                wanted.getModel(),
                Moments.bound(wanted.getUntilFrom()),
                Moments.bound(wanted.getUntilTo()),
                sort(wanted.getSortPropertyName()),
                !paging.ascending(),
                paging.number(),
                paging.size());
    }

    private static TrainingQuery.Sort sort(@Nullable TrainingSort by) {
        return by == null ? TrainingQuery.Sort.ID : TrainingQuery.Sort.valueOf(by.name());
    }

    static TrainingPage page(PeopleSearch.Page<PeopleSearch.Found> found, int size) {
        TrainingList list = new TrainingList();
        found.items().forEach(one -> list.getTraining().add(training(one.person(), one.trained())));
        TrainingPage page = new TrainingPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.page());
        page.setPageSize(size);
        page.setTrainings(list);
        return page;
    }

    static Training training(String person, PersonDetails.Trained trained) {
        Training training = new Training();
        training.setId(trained.training().id());
        training.setPerson(person);
        training.setModel(trained.training().model());
        training.setUntil(trained.training().until());
        training.setEvidence(trained.training().evidence());
        training.setRecordedAt(trained.at());
        training.setRecordedBy(trained.by());
        return training;
    }
}
