package io.fairlead.agent.reach;

import static io.fairlead.agent.reach.TestRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.agent.link.Dialer;
import io.fairlead.agent.link.LinkException;
import io.fairlead.agent.link.PinnedCas;
import io.fairlead.agent.link.Sounder;
import io.fairlead.agent.link.TestAuthority;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose list is walked. */
class PublishedListTest {
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final Optional<PinnedCas> KNOWN = Optional.of(OURS.cas());
    private static final TestAuthority HOSPITAL = new TestAuthority("of the hospital's inspection");

    private final TestEnterprise enterprise = new TestEnterprise(OURS).publishes(row("agents.example", 443, true));
    /** Opens TLS, and hands on what it was shown. */
    private final TestEnterprise inspector = new TestEnterprise(HOSPITAL).publishes(row("agents.example", 443, true));

    @AfterEach
    void close() throws IOException {
        enterprise.close();
        inspector.close();
    }

    @Test
    void a_list_that_the_enterprise_signed_is_genuine_whoever_opened_the_connection() throws Exception {
        assertThat(published(enterprise, KNOWN).said().get(1))
                .contains("vouched for by the enterprise's root: a key that it lets sign lists has signed it");

        inspector.signsBy(OURS.listSigner());
        Source through = published(inspector, KNOWN);
        assertThat(through.rows()).extracting(each -> each.to().text()).containsExactly("agents.example");
    }

    @Test
    void a_forged_list_is_not_walked_though_the_server_is_ours() {
        enterprise.forges(row("evil.example", 443, true));

        assertThatThrownBy(() -> published(enterprise, KNOWN))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("the list there is not the one that was signed");
    }

    @Test
    void a_list_that_was_published_in_between_is_fetched_once_more() throws Exception {
        enterprise.publishesThen(row("later.example", 443, true));

        assertThat(published(enterprise, KNOWN).rows())
                .extracting(each -> each.to().text())
                .containsExactly("later.example");
    }

    @Test
    void nobody_signs_lists_but_whom_our_root_lets_sign_lists() {
        for (TestAuthority.Holder other : new TestAuthority.Holder[] {
            HOSPITAL.listSigner(), OURS.signer(), OURS.server("localhost"), OURS.device("device-1")
        }) {
            enterprise.signsBy(other);
            assertThatThrownBy(() -> published(enterprise, KNOWN))
                    .as(other.certificate().getSubjectX500Principal().getName())
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("nobody whom the enterprise's root lets sign lists");
        }
    }

    @Test
    void where_no_root_is_known_the_list_is_walked_and_that_nobody_vouched_for_it_is_said() throws Exception {
        Source source = published(enterprise, Optional.empty());

        assertThat(source.rows()).hasSize(1);
        assertThat(source.said().get(1)).contains("NOBODY VOUCHED FOR THE LIST");
    }

    private static Source published(TestEnterprise at, Optional<PinnedCas> ours) throws LinkException {
        Clock clock = Clock.systemUTC();
        return Source.server(at.address(), new Sounder(Dialer.direct(), clock::instant), ours, clock);
    }
}
