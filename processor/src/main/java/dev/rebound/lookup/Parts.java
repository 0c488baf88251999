package dev.rebound.lookup;

import dev.rebound.lookup.AddressKeys.Placed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Gets rows of many partitions, from several instances at a time. */
final class Parts implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int MOST_KEYS = 1_000;

    private final RoutedRows rows;
    private final int questionBytes;
    private final ThreadPoolExecutor threads;

    /** @param bodyBytes largest question that another instance takes */
    Parts(RoutedRows rows, int bodyBytes) {
        this.rows = rows;
        // Half of it is left for what JSON adds.
        this.questionBytes = bodyBytes / 2;
        AtomicInteger numbers = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "lookup-part-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * What was found.
     *
     * @param rows the rows that are there, by key
     * @param staleness why that may be stale, at most once for each partition
     */
    record Gathered(Map<String, Row> rows, List<Staleness> staleness) {}

    /**
     * The rows with these keys.
     *
     * @throws UnavailableException when nobody answers for at least one of them
     */
    Gathered gather(Collection<Placed> keys) {
        List<Question> questions = questions(keys);
        List<Answer> answers = answers(questions);
        Map<String, Row> found = new HashMap<>();
        Map<Integer, Staleness> stale = new TreeMap<>();
        for (Answer answer : answers) {
            answer.rows().forEach(row -> found.put(row.key(), row));
            answer.staleness().ifPresent(why -> stale.put(why.partition(), why));
        }
        return new Gathered(found, List.copyOf(stale.values()));
    }

    /**
     * The answers to questions, in their order.
     *
     * @throws UnavailableException when nobody answers one of them
     */
    List<Answer> answers(List<? extends Question> questions) {
        if (questions.size() == 1) {
            return List.of(rows.answer(questions.get(0), true));
        }
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        try {
            questions.forEach(
                    question -> asked.add(CompletableFuture.supplyAsync(() -> rows.answer(question, true), threads)));
            return asked.stream().map(CompletableFuture::join).toList();
        } catch (RejectedExecutionException e) {
            throw UnavailableException.notReady("NOT_RUNNING");
        } catch (CompletionException e) {
            asked.forEach(answer -> answer.cancel(false));
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private List<Question> questions(Collection<Placed> keys) {
        Map<Integer, List<String>> byPartition = new TreeMap<>();
        keys.forEach(key -> byPartition
                .computeIfAbsent(key.partition(), partition -> new ArrayList<>())
                .add(key.key().text()));
        List<Question> questions = new ArrayList<>();
        byPartition.forEach((partition, texts) -> split(partition, texts, questions));
        return questions;
    }

    private void split(int partition, List<String> keys, List<Question> questions) {
        int begin = 0;
        long bytes = 0;
        for (int i = 0; i < keys.size(); i++) {
            int length = keys.get(i).getBytes(StandardCharsets.UTF_8).length;
            if (i > begin && (i - begin == MOST_KEYS || bytes + length > questionBytes)) {
                questions.add(new Question.Keys(partition, keys.subList(begin, i)));
                begin = i;
                bytes = 0;
            }
            bytes += length;
        }
        questions.add(new Question.Keys(partition, keys.subList(begin, keys.size())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
