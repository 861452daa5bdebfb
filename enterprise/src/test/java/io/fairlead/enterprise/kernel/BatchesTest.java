package io.fairlead.enterprise.kernel;

import static io.fairlead.enterprise.kernel.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Void unused = await(vertx.close());
    }

    @Test
    void what_comes_while_two_batches_are_under_way_is_gathered_and_each_gets_its_own_answer() {
        Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
        Promise<Void> onwards = Promise.promise();
        Batches<Integer, String> batches = new Batches<>(vertx.getOrCreateContext(), items -> {
            sizes.add(items.size());
            return onwards.future().map(items.stream().map(item -> "of " + item).toList());
        });
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 1252; i++) {
            answers.add(batches.submit(i));
        }
        onwards.complete();
        assertThat(answers.stream().map(TestDatabase::await))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1252).mapToObj(i -> "of " + i).toList());
        assertThat(sizes).startsWith(1, 1).allMatch(size -> size <= 500);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1252);
        assertThat(sizes).hasSizeLessThan(30);
    }

    @Test
    void a_batch_that_fails_fails_for_each_of_its_items_and_for_no_other() {
        Batches<Integer, Integer> batches = new Batches<>(vertx.getOrCreateContext(), items -> {
            if (items.contains(7)) {
                throw new IllegalStateException("seven");
            }
            return Future.succeededFuture(items);
        });
        assertThat(await(batches.submit(6))).isEqualTo(6);
        Future<Integer> seven = batches.submit(7);
        String why = await(
                seven.transform(result -> Future.succeededFuture(result.cause().getMessage())));
        assertThat(why).isEqualTo("seven");
        assertThat(await(batches.submit(8))).isEqualTo(8);
    }
}
