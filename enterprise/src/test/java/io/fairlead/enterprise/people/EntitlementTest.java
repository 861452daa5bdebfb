package io.fairlead.enterprise.people;

import static io.fairlead.enterprise.people.Judgement.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Scope HERE = new Scope("eu", "St. Mary", "AU480");

    private final List<Grant> grants = new ArrayList<>();
    private final List<Training> trainings = new ArrayList<>();

    @Test
    void an_engineer_sees_only_models_he_is_trained_for_and_only_while_the_training_holds() {
        grant(Role.SERVICE_ENGINEER, null, null, null, null);
        assertThat(judge(true, Action.SEE_DEVICE)).isEqualTo(TRAINING_MISSING);
        assertThat(view(Action.SEE_DEVICE).isEmpty()).isTrue();
        trainings.add(new Training(1, "AU480", NOW, "course 1"));
        assertThat(judge(true, Action.SEE_DEVICE)).isEqualTo(TRAINING_EXPIRED);
        trainings.add(new Training(2, "AU480", NOW.plusSeconds(1), "course 2"));
        assertThat(judge(true, Action.SEE_DEVICE)).isEqualTo(ALLOWED);
        assertThat(view(Action.SEE_DEVICE).models()).containsExactly("AU480");
    }

    @Test
    void what_is_guarded_needs_a_passkey_and_that_is_said_only_when_nothing_else_is_missing() {
        grant(Role.SERVICE_ENGINEER, "eu", null, null, null);
        assertThat(judge(false, Action.INSTRUCT)).isEqualTo(TRAINING_MISSING);
        trainings.add(new Training(1, "AU480", NOW.plusSeconds(1), "course"));
        assertThat(judge(false, Action.INSTRUCT)).isEqualTo(NOT_CONFIRMED);
        assertThat(judge(true, Action.INSTRUCT)).isEqualTo(ALLOWED);
        assertThat(judge(false, Action.STOP)).isEqualTo(ALLOWED);
        assertThat(entitlement(false).needsPasskey()).isTrue();
    }

    @Test
    void a_grant_ends_with_its_time_and_covers_its_own_place_only() {
        grant(Role.CUSTOMER_USER, null, "St. Mary", null, NOW);
        assertThat(judge(true, Action.SEE_DATA)).isEqualTo(NO_ROLE);
        grant(Role.CUSTOMER_USER, null, "Other", null, null);
        assertThat(judge(true, Action.SEE_DATA)).isEqualTo(ELSEWHERE);
        grant(Role.CUSTOMER_USER, null, "St. Mary", null, NOW.plusSeconds(1));
        assertThat(judge(true, Action.SEE_DATA)).isEqualTo(ALLOWED);
        assertThat(judge(true, Action.INSTRUCT)).isEqualTo(NO_ROLE);
    }

    private Judgement judge(boolean confirmed, Action action) {
        return entitlement(confirmed).judge(action, HERE);
    }

    private View view(Action action) {
        return entitlement(true).view(action);
    }

    private Entitlement entitlement(boolean confirmed) {
        return new Entitlement(Actor.person("anna", confirmed), false, grants, trainings, NOW);
    }

    private void grant(
            Role role,
            @Nullable String region,
            @Nullable String customer,
            @Nullable String model,
            @Nullable Instant until) {
        grants.add(new Grant(grants.size(), role, new Scope(region, customer, model), until));
    }
}
