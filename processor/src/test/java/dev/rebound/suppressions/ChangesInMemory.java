package dev.rebound.suppressions;

import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/** Changes to topics that are no more than collections. Commands are written, and carried out by nobody. */
public final class ChangesInMemory implements SuppressionFeed, CommandLog, CommandSink, ProcessedCommands {

    /** Secret of the stand-ins. */
    public static final String KEY = "a key of sixteen";

    private final Map<String, Suppression> feed = new LinkedHashMap<>();
    private final Map<Bytes, PlacedCommand> commands = new LinkedHashMap<>();
    private final List<PlacedCommand> writes = new ArrayList<>();
    private RuntimeException failure;
    private boolean processorRuns = true;
    private Runnable whenProcessed = () -> {};
    private Runnable whenRead = () -> {};

    /** With the key of erasure. */
    public SuppressionChanges changes() {
        return changes(Optional.of(new Erasure(KEY)));
    }

    /** With this key of erasure, or none. */
    public SuppressionChanges changes(Optional<Erasure> erasure) {
        return new SuppressionChanges(this, this, this, this, erasure, Topics.unprefixed(), () -> {});
    }

    /** Everything that is written fails from now on; null: no more. */
    public void failWith(RuntimeException problem) {
        failure = problem;
    }

    /** Nobody carries out commands. */
    public void stopProcessor() {
        processorRuns = false;
    }

    /** What happens after each reading of the feed. */
    public void whenRead(Runnable effect) {
        whenRead = effect;
    }

    /** What happens once the processor has carried out an erasure. */
    public void whenProcessed(Runnable effect) {
        whenProcessed = effect;
    }

    /** A suppression, as a policy puts it on a list. */
    public static Suppression.Builder entry(String list, String address) {
        return Suppression.newBuilder()
                .setList(list)
                .setAddress(address)
                .setReason(SuppressionReason.BOUNCE)
                .setCategory("BAD_MAILBOX")
                .setProvider("google")
                .setRule("gone")
                .setSince(Instant.parse("2026-03-01T12:00:00Z"))
                .setSource(SuppressionSource.POLICY);
    }

    /** Puts a suppression into the feed. */
    public void suppress(Suppression.Builder entry) {
        feed.put(entry.getList() + '|' + entry.getAddress(), entry.build());
    }

    void lift(String key) {
        feed.remove(key);
    }

    /** All commands that were written, in their order. */
    public List<SuppressionCommand> written() {
        return writes.stream().map(PlacedCommand::command).toList();
    }

    List<PlacedCommand> places() {
        return writes;
    }

    /** Keys of the commands that are there. */
    List<String> keys() {
        return commands.keySet().stream()
                .map(key -> new String(key.get(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public <T> boolean read(Predicate<String> keys, Function<Suppression, T> pick, Consumer<T> each, Watch watch) {
        for (Map.Entry<String, Suppression> entry : List.copyOf(feed.entrySet())) {
            if (watch.isStopped()) {
                return false;
            }
            T picked = keys.test(entry.getKey()) ? pick.apply(entry.getValue()) : null;
            if (picked != null) {
                each.accept(picked);
            }
        }
        whenRead.run();
        return true;
    }

    @Override
    public boolean read(Predicate<CommandKey> wanted, Consumer<CommandPlace> each, Watch watch) {
        for (Bytes key : List.copyOf(commands.keySet())) {
            if (watch.isStopped()) {
                return false;
            }
            if (CommandKey.parse(key.get()).filter(wanted).isPresent()) {
                each.accept(new CommandPlace(0, 0, key));
            }
        }
        return true;
    }

    @Override
    public List<CommandPlace> write(List<PlacedCommand> placed) {
        if (failure != null) {
            throw failure;
        }
        List<CommandPlace> places = new ArrayList<>();
        for (PlacedCommand one : placed) {
            try {
                Commands.check(one.command(), java.time.Instant.MAX.minusSeconds(1_000));
            } catch (InvalidCommandException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            Bytes key = Bytes.wrap(Commands.recordKey(one.command()));
            commands.put(key, one);
            writes.add(one);
            places.add(new CommandPlace(0, writes.size() - 1, key));
        }
        return places;
    }

    @Override
    public void erase(List<CommandPlace> places) {
        places.forEach(place -> commands.remove(place.key()));
    }

    @Override
    public boolean await(List<CommandPlace> places, Duration atMost) {
        if (processorRuns) {
            writes.stream()
                    .map(PlacedCommand::command)
                    .filter(command -> command.getAction() == SuppressionAction.ERASE)
                    .forEach(command -> feed.remove(command.getList() + '|' + command.getAddress()));
            whenProcessed.run();
        }
        return processorRuns;
    }
}
