package dev.rebound.topology;

import dev.rebound.event.Digests;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Items;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.DueAddresses.Due;
import dev.rebound.topology.Instructed.Instruction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of addresses, asks the core what follows, and tells the feed when that changes. State is read and written only
 * where something can matter: most events are deliveries to addresses of which nothing is known.
 */
final class SuppressAddresses implements Processor<byte[], Signal, String, Suppression> {

    private static final Logger LOG = LoggerFactory.getLogger(SuppressAddresses.class);

    /** Largest row, in bytes: one that the brokers refuse as too large would block the commit for ever. */
    private static final int MAX_ROW = 768 << 10;

    private static final Duration DUE_INTERVAL = Duration.ofMillis(500);
    private static final Duration ROUND_INTERVAL = Duration.ofSeconds(1);

    private final SuppressionSettings settings;
    private final Fingerprint fingerprint;
    private final Observer observer;
    private final SuppressionClock clock;
    private final AvroEncoder<Suppression> encoder = new AvroEncoder<>(Suppression.getClassSchema());
    private ProcessorContext<String, Suppression> context;
    private KeyValueStore<byte[], byte[]> addresses;
    private DueAddresses due;
    private KnownRows known;
    private AddressRounds rounds;
    private StandIns standIns;
    private boolean clockResumed;

    private SuppressAddresses(SuppressionSettings settings, Fingerprint fingerprint, Observer observer) {
        this.settings = settings;
        this.fingerprint = fingerprint;
        this.observer = observer;
        this.clock = settings.clock();
    }

    static ProcessorSupplier<byte[], Signal, String, Suppression> supplier(
            SuppressionSettings settings, Supplier<Fingerprint> fingerprint, Observer observer) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Signal, String, Suppression> get() {
                return new SuppressAddresses(settings, fingerprint.get(), observer);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store(Steps.ADDRESS_STORE), store(Steps.DUE_STORE));
            }
        };
    }

    private static StoreBuilder<?> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingEnabled(Topics.ADDRESSES);
    }

    @Override
    public void init(ProcessorContext<String, Suppression> context) {
        this.context = context;
        this.addresses = context.getStateStore(Steps.ADDRESS_STORE);
        this.due = new DueAddresses(context.getStateStore(Steps.DUE_STORE));
        this.known = new KnownRows();
        this.rounds = new AddressRounds(addresses, due, known, settings);
        this.standIns = new StandIns(addresses, settings.erasure(), settings.byEventTime());
        this.clockResumed = false;
        context.schedule(DUE_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::decideWhatIsDue);
        context.schedule(ROUND_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::goRound);
    }

    @Override
    public void process(Record<byte[], Signal> record) {
        rounds.begin();
        resumeClock();
        if (record.value() instanceof Classified event) {
            heard(record.key(), event);
        } else if (record.value() instanceof Instruction instruction) {
            told(instruction);
        } else {
            end((EndOfReplay) record.value());
        }
    }

    /** It is that time for good from now on, also after a restart. */
    private void end(EndOfReplay end) {
        due.clock(end.asOf().toEpochMilli());
        clock.read(end.asOf().toEpochMilli());
        while (decideWhatIsDueBy(clock.now(context.currentSystemTimeMs()))) {
            // A transaction takes as much as there is: nothing else waits for its turn at the end.
        }
    }

    private void heard(byte[] eventKey, Classified classified) {
        DeliveryEvent event = classified.event();
        long arrival = classified.source().arrival();
        clock.read(event, arrival);
        switch (event.getOutcome()) {
            case DELIVERED, BOUNCED, EXPIRED, COMPLAINED -> {}
            case DEFERRED, SUPPRESSED, UNKNOWN -> {
                return;
            }
        }
        heard(SuppressionList.of(event.getTenant()), eventKey, classified);
        String stream = Items.stream(event);
        if (stream != null && matters(event)) {
            heard(new SuppressionList(event.getTenant(), stream), eventKey, classified);
        }
    }

    /** Where the end of a replay was read before a restart. What is stored can be asked for only now. */
    private void resumeClock() {
        if (!clockResumed) {
            clockResumed = true;
            due.clock().ifPresent(clock::read);
        }
    }

    /** Failures and complaints are kept whatever the policy says today: tomorrow's may ask for them. */
    private boolean matters(DeliveryEvent event) {
        return event.getOutcome() != Outcome.DELIVERED
                || settings.policies().of(event.getTenant()).streamsHearOfDeliveries();
    }

    private void heard(SuppressionList list, byte[] eventKey, Classified classified) {
        DeliveryEvent event = classified.event();
        byte[] row = rowKey(list, eventKey, event.getTenant());
        byte[] stored = known.mayHave(row) ? addresses.get(row) : null;
        boolean delivered = event.getOutcome() == Outcome.DELIVERED;
        if (delivered && (stored == null || !StoredAddress.hasEvidence(stored))) {
            return;
        }
        StoredAddress before = StoredAddress.fromBytes(stored);
        // Reading leaves out what is stored of categories that are no evidence any more.
        if (delivered && before.history().evidence().isEmpty()) {
            return;
        }
        Coordinates read = classified.source();
        Items.Source source = new Items.Source(read.topic(), read.partition(), read.offset(), read.arrival());
        Optional<Item> item = Items.of(event, classified.classification(), source);
        if (item.isEmpty()) {
            return;
        }
        SuppressionKey key = SuppressionKey.parse(new String(row, StandardCharsets.UTF_8));
        if (standIns.isErased(key)) {
            erase(key, row, before);
        } else {
            take(key, row, before, item.get());
        }
    }

    /** An event's own key is that of its row, unless the tenant's name has to be written differently in the name of a list. */
    private static byte[] rowKey(SuppressionList list, byte[] eventKey, String tenant) {
        String name = list.text();
        if (name.equals(tenant)) {
            return eventKey;
        }
        String recipient = new String(eventKey, StandardCharsets.UTF_8).substring(tenant.length() + 1);
        return (name + '|' + recipient).getBytes(StandardCharsets.UTF_8);
    }

    private void told(Instruction instruction) {
        Command command = instruction.command();
        SuppressionKey key = instruction.key();
        switch (command.action()) {
            case ERASE -> forget(key, command);
            case REMOVE -> release(key, command);
            case ADD, EXTEND, RETRACT -> {
                if (standIns.isErased(key)) {
                    take(standIns.key(key), command.bare());
                } else {
                    take(key, command);
                }
            }
            case UNKNOWN -> throw new IllegalStateException("an unknown action is refused when it is read");
        }
    }

    private void take(SuppressionKey key, Command command) {
        byte[] row = key.bytes();
        take(key, row, StoredAddress.fromBytes(addresses.get(row)), command);
    }

    /** What suppresses an address while it is being erased goes on by its stand-in, also what whoever erases it had not heard of yet. */
    private void forget(SuppressionKey key, Command command) {
        byte[] row = key.bytes();
        StoredAddress stored = StoredAddress.fromBytes(addresses.get(row));
        if (stored.told() != 0 && standIns.canStandFor(key) && !standIns.isErased(key)) {
            long now = clock.now(context.currentSystemTimeMs());
            Suppression last =
                    Decision.of(key, stored.history(), policyOf(key), now).suppression();
            if (last != null) {
                take(standIns.key(key), Command.inPlaceOf(last, command));
            }
        }
        erase(key, row, stored);
    }

    /** An address that is released is one like all others again: the removal is kept in its own row. */
    private void release(SuppressionKey key, Command command) {
        if (standIns.isErased(key)) {
            SuppressionKey standIn = standIns.key(key);
            byte[] row = standIn.bytes();
            StoredAddress stored = StoredAddress.fromBytes(addresses.get(row));
            if (!standIns.stands(stored)) {
                return;
            }
            erase(standIn, row, stored);
        }
        take(key, command);
    }

    private Policy policyOf(SuppressionKey key) {
        return settings.policies().of(key.list().tenant());
    }

    private void erase(SuppressionKey key, byte[] row, StoredAddress stored) {
        if (stored == StoredAddress.NONE) {
            return;
        }
        addresses.delete(row);
        due.move(row, stored.due(), Decision.NEVER);
        if (stored.told() != 0) {
            tell(key, null, true);
        }
    }

    private void take(SuppressionKey key, byte[] row, StoredAddress before, Item item) {
        History history = before.history().with(item);
        if (history != before.history()) {
            boolean ages = item instanceof Acceptance;
            decide(key, row, before, history, ages ? before.touchedAt() : context.currentSystemTimeMs());
        }
    }

    private void decide(SuppressionKey key, byte[] row, StoredAddress before, History history, long touchedAt) {
        Decision decision = Decision.of(key, history, policyOf(key), clock.now(context.currentSystemTimeMs()));
        long told = digest(decision.suppression());
        StoredAddress after = new StoredAddress(history, touchedAt, decision.next(), told);
        if (history == before.history() && after.equals(before)) {
            return;
        }
        byte[] stored = after.toBytes();
        if (stored.length > MAX_ROW) {
            History reduced = history.reduced();
            if (reduced != history) {
                LOG.warn("The history of an address has {} bytes: the oldest of it is dropped", stored.length);
                decide(key, row, before, reduced, touchedAt);
                return;
            }
        }
        if (told != before.told()) {
            tell(key, decision.suppression(), before.told() != 0);
        }
        due.move(row, before.due(), decision.next());
        addresses.put(row, stored);
        known.add(row);
    }

    private void decideAnew(byte[] row, StoredAddress stored) {
        decide(
                SuppressionKey.parse(new String(row, StandardCharsets.UTF_8)),
                row,
                stored,
                stored.history(),
                stored.touchedAt());
    }

    private void tell(SuppressionKey key, Suppression suppression, boolean wasSuppressed) {
        if (suppression == null) {
            observer.lifted();
        } else if (!wasSuppressed) {
            observer.suppressed(suppression.getReason());
        }
        Headers headers = new RecordHeaders();
        fingerprint.write(headers);
        context.forward(new Record<>(key.text(), suppression, context.currentSystemTimeMs(), headers));
    }

    /** A number that stands for what a record says; 0 for none. */
    private long digest(Suppression suppression) {
        return suppression == null ? 0 : Digests.fnv(encoder.body(suppression));
    }

    private void decideWhatIsDue(long wallClock) {
        resumeClock();
        long now = clock.now(wallClock);
        if (now != SuppressionClock.UNKNOWN) {
            decideWhatIsDueBy(now);
        }
    }

    /** False when nothing was due. */
    private boolean decideWhatIsDueBy(long now) {
        rounds.begin();
        List<Due> entries = due.until(now);
        for (Due entry : entries) {
            byte[] stored = addresses.get(entry.row());
            StoredAddress address = StoredAddress.fromBytes(stored);
            if (stored == null || address.due() != entry.time()) {
                due.forget(entry);
            } else {
                decideAnew(entry.row(), address);
            }
        }
        return !entries.isEmpty();
    }

    private void goRound(long wallClock) {
        resumeClock();
        if (clock.now(wallClock) != SuppressionClock.UNKNOWN) {
            rounds.begin();
            rounds.step(wallClock, this::decideAnew);
        }
    }
}
