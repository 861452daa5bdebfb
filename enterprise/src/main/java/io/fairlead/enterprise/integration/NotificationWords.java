package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.common.Severity;
import io.fairlead.contract.integration.notification.NewSubscription;
import io.fairlead.contract.integration.notification.SoapVersion;
import io.fairlead.contract.integration.notification.SubscriptionList;
import io.fairlead.contract.integration.notification.SubscriptionPage;
import io.fairlead.contract.integration.notification.SubscriptionState;
import io.fairlead.contract.integration.notification.SubscriptionUpdate;
import io.fairlead.enterprise.notification.EventKind;
import io.fairlead.enterprise.notification.Subscription;
import io.fairlead.enterprise.people.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's words for subscriptions, and ours. */
final class NotificationWords {
    private NotificationWords() {}

    static Subscription.Wish wish(NewSubscription wish) {
        Severity least = wish.getLeastSeverity();
        return new Subscription.Wish(
                wish.getEndpoint(),
                wish.getSoapVersion() == SoapVersion.SOAP_12,
                wish.getToken(),
                kinds(wish.getKind()),
                new Subscription.Only(
                        wish.getDevice(),
                        wish.getCustomer(),
                        wish.getRegion(),
                        wish.getModel(),
                        least == null ? null : least.value()));
    }

    static Subscription.Change change(SubscriptionUpdate change) {
        @Nullable SoapVersion version = change.getSoapVersion();
        return new Subscription.Change(
                change.getEndpoint(),
                version == null ? null : version == SoapVersion.SOAP_12,
                change.getToken(),
                change.getKind().isEmpty() ? null : kinds(change.getKind()));
    }

    private static List<EventKind> kinds(List<String> keys) {
        return keys.stream().map(EventKind::ofKey).toList();
    }

    static SubscriptionPage page(Paging.Page<Subscription> found, int size) {
        SubscriptionList list = new SubscriptionList();
        found.items().forEach(one -> list.getSubscription().add(subscription(one)));
        SubscriptionPage page = new SubscriptionPage();
        page.setTotalCount(found.total());
        page.setPageNumber(found.number());
        page.setPageSize(size);
        page.setSubscriptions(list);
        return page;
    }

    static io.fairlead.contract.integration.notification.Subscription subscription(Subscription one) {
        var said = new io.fairlead.contract.integration.notification.Subscription();
        said.setId(one.id());
        said.setEndpoint(one.endpoint());
        said.setSoapVersion(one.soap12() ? SoapVersion.SOAP_12 : SoapVersion.SOAP_11);
        one.kinds().forEach(kind -> said.getKind().add(kind.key()));
        said.setDevice(one.only().device());
        said.setCustomer(one.only().customer());
        said.setRegion(one.only().region());
        said.setModel(one.only().model());
        String least = one.only().severity();
        said.setLeastSeverity(least == null ? null : Severity.fromValue(least));
        said.setState(SubscriptionState.fromValue(one.state().key()));
        said.setCreatedAt(one.createdAt());
        said.setCreatedBy(Actor.integration(one.account(), false).audited());
        said.setDelivered(one.delivered());
        said.setWaiting(one.waiting());
        said.setLastDeliveredAt(one.deliveredAt());
        said.setLastFailureAt(one.failedAt());
        said.setLastFailure(one.failure());
        said.setVersion(one.version());
        return said;
    }
}
