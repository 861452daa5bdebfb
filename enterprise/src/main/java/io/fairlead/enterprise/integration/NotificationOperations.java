package io.fairlead.enterprise.integration;

import io.fairlead.contract.integration.notification.DeliveryResult;
import io.fairlead.contract.integration.notification.Find;
import io.fairlead.contract.integration.notification.FindById;
import io.fairlead.contract.integration.notification.FindByIdResponse;
import io.fairlead.contract.integration.notification.FindResponse;
import io.fairlead.contract.integration.notification.NotificationService;
import io.fairlead.contract.integration.notification.Resume;
import io.fairlead.contract.integration.notification.ResumeResponse;
import io.fairlead.contract.integration.notification.SendTest;
import io.fairlead.contract.integration.notification.SendTestResponse;
import io.fairlead.contract.integration.notification.Subscribe;
import io.fairlead.contract.integration.notification.SubscribeResponse;
import io.fairlead.contract.integration.notification.SubscriptionCriteria;
import io.fairlead.contract.integration.notification.SubscriptionSort;
import io.fairlead.contract.integration.notification.SubscriptionUpdate;
import io.fairlead.contract.integration.notification.Unsubscribe;
import io.fairlead.contract.integration.notification.UnsubscribeResponse;
import io.fairlead.contract.integration.notification.Update;
import io.fairlead.contract.integration.notification.UpdateResponse;
import io.fairlead.enterprise.notification.Delivery;
import io.fairlead.enterprise.notification.Subscription;
import io.fairlead.enterprise.notification.Subscriptions;
import io.fairlead.enterprise.notification.Undelivered;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** NotificationService: what an account is told of. */
public final class NotificationOperations implements IntegrationService {
    private final Subscriptions subscriptions;

    public NotificationOperations(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Class<NotificationService> contract() {
        return NotificationService.class;
    }

    @Override
    public void answer(Operations operations) {
        operations.answer(Subscribe.class, this::subscribe);
        operations.answer(Find.class, this::find);
        operations.answer(FindById.class, this::findById);
        operations.answer(Update.class, this::update);
        operations.answer(Resume.class, this::resume);
        operations.answer(Unsubscribe.class, this::unsubscribe);
        operations.answer(SendTest.class, this::sendTest);
    }

    private Future<SubscribeResponse> subscribe(Caller caller, Subscribe request) {
        return subscriptions
                .subscribe(caller.actor(), NotificationWords.wish(request.getWish()))
                .map(made -> {
                    SubscribeResponse response = new SubscribeResponse();
                    response.setSubscription(NotificationWords.subscription(made));
                    return response;
                });
    }

    private Future<FindResponse> find(Caller caller, Find request) {
        SubscriptionCriteria wanted = request.getCriteria();
        Paging paging = Paging.of(wanted.getPageNumber(), wanted.getPageSize(), wanted.isSortAscending());
        Set<String> states =
                wanted.getState().stream().map(state -> state.value()).collect(Collectors.toUnmodifiableSet());
        return subscriptions.list(caller.actor()).map(all -> {
            List<Subscription> fitting = all.stream()
                    .filter(one ->
                            states.isEmpty() || states.contains(one.state().key()))
                    .sorted(order(wanted.getSortPropertyName()))
                    .toList();
            FindResponse response = new FindResponse();
            response.setPage(NotificationWords.page(paging.of(fitting, Subscription::id, null), paging.size()));
            return response;
        });
    }

    private static Comparator<Subscription> order(@Nullable SubscriptionSort by) {
        Comparator<Subscription> first = by == SubscriptionSort.STATE
                ? Comparator.comparing(Subscription::state)
                : Comparator.comparing(Subscription::createdAt);
        return first.thenComparing(Subscription::id);
    }

    private Future<FindByIdResponse> findById(Caller caller, FindById request) {
        return subscriptions.get(caller.actor(), request.getId()).map(found -> {
            FindByIdResponse response = new FindByIdResponse();
            response.setSubscription(NotificationWords.subscription(found));
            return response;
        });
    }

    private Future<UpdateResponse> update(Caller caller, Update request) {
        SubscriptionUpdate change = request.getChange();
        return subscriptions
                .change(caller.actor(), change.getId(), change.getVersion(), NotificationWords.change(change))
                .map(changed -> {
                    UpdateResponse response = new UpdateResponse();
                    response.setSubscription(NotificationWords.subscription(changed));
                    return response;
                });
    }

    private Future<ResumeResponse> resume(Caller caller, Resume request) {
        return Bulk.run(
                        caller,
                        request.getId(),
                        id -> null,
                        id -> subscriptions.resume(caller.actor(), id).map(new Bulk.Done(id, null)))
                .map(result -> {
                    ResumeResponse response = new ResumeResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<UnsubscribeResponse> unsubscribe(Caller caller, Unsubscribe request) {
        return Bulk.run(
                        caller,
                        request.getId(),
                        id -> null,
                        id -> subscriptions.end(caller.actor(), id).map(new Bulk.Done(id, null)))
                .map(result -> {
                    UnsubscribeResponse response = new UnsubscribeResponse();
                    response.setResult(result);
                    return response;
                });
    }

    private Future<SendTestResponse> sendTest(Caller caller, SendTest request) {
        return subscriptions.test(caller.actor(), request.getId()).map(delivery -> {
            SendTestResponse response = new SendTestResponse();
            response.setResult(result(delivery));
            return response;
        });
    }

    private static DeliveryResult result(Delivery delivery) {
        DeliveryResult result = new DeliveryResult();
        Undelivered why = delivery.undelivered();
        result.setTaken(delivery.isTaken());
        result.setFailure(why == null ? null : why.text());
        result.setMillis(Math.toIntExact(delivery.took().toMillis()));
        return result;
    }
}
