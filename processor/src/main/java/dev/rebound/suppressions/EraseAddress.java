package dev.rebound.suppressions;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.Tenants;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.ErasureReport.Remainder;
import dev.rebound.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Forgets an address, which is a person's right: what remains is a keyed hash that still suppresses, where the address was
 * suppressed, and nothing else.
 */
public final class EraseAddress {

    /** The feed's part of a transaction can be readable a little later than the processor's offsets. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(200), Duration.ofSeconds(1));

    private final SuppressionFeed feed;
    private final CommandLog log;
    private final CommandSink sink;
    private final ProcessedCommands processed;
    private final Erasure erasure;
    private final Topics topics;

    EraseAddress(
            SuppressionFeed feed,
            CommandLog log,
            CommandSink sink,
            ProcessedCommands processed,
            Erasure erasure,
            Topics topics) {
        this.feed = feed;
        this.log = log;
        this.sink = sink;
        this.processed = processed;
        this.erasure = erasure;
        this.topics = topics;
    }

    /**
     * Erases. Doing it again is harmless, and goes on where it failed or was not {@linkplain ErasureReport#complete() complete}.
     *
     * @param address in normal form; an address, not a domain or a stand-in
     * @param more lists on which something may be known of it, beside those that feed and commands name
     * @param issued who and why; kept with the stand-in is who
     * @param patience how long the processor is waited for; asked when that begins
     * @param watch watches the reading
     * @throws OutOfTimeException when it is stopped before anything is written
     * @throws IllegalArgumentException when it is no address, or who and why break the rules of
     *     {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     */
    public ErasureReport run(
            String address, Collection<SuppressionList> more, Issued issued, Supplier<Duration> patience, Watch watch) {
        SuppressionKey any = new SuppressionKey(SuppressionList.ALL, address);
        if (any.isErased() || any.isDomain()) {
            throw new IllegalArgumentException("address: a domain or a stand-in (expected: the address itself)");
        }
        Known known = known(address, more, watch);
        String standIn = erasure.standIn(address);
        Stream<SuppressionCommand> standIns = known.suppressed.stream().map(entry -> standIn(entry, standIn, issued));
        Stream<SuppressionCommand> erasures = known.lists.stream().map(list -> erase(list, address, issued));
        // Stand-ins first: from the erasure on, they are what keeps new evidence from being kept.
        List<CommandPlace> written = sink.write(Stream.concat(standIns, erasures)
                .map(command -> new PlacedCommand(command, address))
                .toList());
        boolean done = processed.await(written, patience.get());
        Optional<List<String>> left = Optional.empty();
        if (done) {
            sink.erase(Stream.concat(known.commands.stream(), written.stream().skip(known.suppressed.size()))
                    .toList());
            left = left(address, watch);
        }
        return new ErasureReport(
                List.copyOf(known.lists),
                known.suppressed.stream().map(Suppression::getList).sorted().toList(),
                standIn,
                known.commands.size(),
                done,
                left.isPresent(),
                left.orElse(List.of()),
                remains());
    }

    /** What there is about an address. */
    private static final class Known {
        private final Set<String> lists = new TreeSet<>();
        private final List<Suppression> suppressed = new ArrayList<>();
        private final List<CommandPlace> commands = new ArrayList<>();

        /** Evidence on the list of a stream is on that of the whole tenant, too. */
        void add(SuppressionList list) {
            if (lists.add(list.text())) {
                lists.add(list.wholeTenant().text());
            }
        }
    }

    /**
     * State can hold evidence on lists that say nothing of the address: all lists that there are count as known. Without all of
     * them nothing can be written: an address would be erased where its stand-in is missing.
     */
    private Known known(String address, Collection<SuppressionList> more, Watch watch) {
        Known known = new Known();
        known.add(SuppressionList.of(Tenants.DEFAULT));
        more.forEach(known::add);
        boolean toItsEnd = feed.read(
                        key -> {
                            Optional<SuppressionKey> entry = parsed(key);
                            entry.ifPresent(parts -> known.add(parts.list()));
                            return isAbout(entry, address);
                        },
                        entry -> entry,
                        known.suppressed::add,
                        watch)
                && log.read(
                        key -> {
                            list(key.list()).ifPresent(known::add);
                            return address.equals(normalised(key.address()));
                        },
                        known.commands::add,
                        watch);
        if (!toItsEnd) {
            throw new OutOfTimeException();
        }
        return known;
    }

    private static Optional<SuppressionKey> parsed(String key) {
        try {
            return Optional.of(SuppressionKey.parse(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<SuppressionList> list(String text) {
        try {
            return Optional.of(SuppressionList.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Commands that no processor carried out can be about an address in any form; null for what is none. */
    private static String normalised(String address) {
        try {
            return SuppressionKey.normalised(address);
        } catch (InvalidAddressException e) {
            return null;
        }
    }

    private static boolean isAbout(Optional<SuppressionKey> entry, String address) {
        return entry.isPresent() && entry.get().address().equals(address);
    }

    /** Lists on which the feed still names it; empty when stopped before that was known. */
    private Optional<List<String>> left(String address, Watch watch) {
        Optional<List<String>> left = listsOf(address, watch);
        for (Duration pause : PAUSES) {
            if (left.isEmpty() || left.get().isEmpty() || watch.isStopped()) {
                break;
            }
            LockSupport.parkNanos(pause.toNanos());
            // What the earlier look found still holds when there is no time for another one.
            Optional<List<String>> earlier = left;
            left = listsOf(address, watch).or(() -> earlier);
        }
        return left;
    }

    private Optional<List<String>> listsOf(String address, Watch watch) {
        List<String> lists = new ArrayList<>();
        boolean toItsEnd = feed.read(key -> isAbout(parsed(key), address), Suppression::getList, lists::add, watch);
        return toItsEnd ? Optional.of(lists) : Optional.empty();
    }

    private static SuppressionCommand standIn(Suppression entry, String standIn, Issued issued) {
        return SuppressionCommand.newBuilder()
                .setCommandId(CommandIds.derived(Command.ERASED, entry.getList(), standIn, entry.getSince()))
                .setIssuedAt(issued.at())
                .setAction(SuppressionAction.ADD)
                .setList(entry.getList())
                .setAddress(standIn)
                .setReason(
                        entry.getReason() == SuppressionReason.UNKNOWN ? SuppressionReason.MANUAL : entry.getReason())
                .setCategory(entry.getCategory())
                .setSince(usable(entry.getSince()))
                .setExpires(usable(entry.getExpires()))
                .setSource(SuppressionSource.OPERATOR)
                .setBy(issued.by())
                .setWhy(Command.ERASED)
                .build();
    }

    /** Policies and events know moments that no command may have; without one, a stand-in began now, or never ends. */
    private static Instant usable(Instant moment) {
        return moment != null && Commands.isUsable(moment) ? moment : null;
    }

    private static SuppressionCommand erase(String list, String address, Issued issued) {
        return SuppressionCommand.newBuilder()
                .setCommandId(CommandIds.fresh())
                .setIssuedAt(issued.at())
                .setAction(SuppressionAction.ERASE)
                .setList(list)
                .setAddress(address)
                .setSource(SuppressionSource.OPERATOR)
                .setBy(issued.by())
                .setWhy(issued.why())
                .build();
    }

    private List<Remainder> remains() {
        return List.of(
                new Remainder(
                        "superseded records of the topics "
                                + topics.suppressions().name() + " and "
                                + topics.suppressionCommands().name()
                                + ", of the processor's changelogs, and of its files",
                        "the brokers and the processor compact them; nothing reads these records any more"),
                new Remainder(
                        "events in the topics "
                                + String.join(
                                        ", ",
                                        Stream.of(
                                                        topics.deliveryEvents(),
                                                        topics.deliveries(),
                                                        topics.deferrals(),
                                                        topics.bouncesHard(),
                                                        topics.bouncesSoft(),
                                                        topics.complaints(),
                                                        topics.notAttempted(),
                                                        topics.bouncesUnclassified())
                                                .map(Topics.Spec::name)
                                                .toList()),
                        "their retention ends: 7 days unless it was changed"),
                new Remainder(
                        "dead letters in the topic " + topics.deadLetters().name(),
                        "its retention ends: 30 days unless it was changed"),
                new Remainder(
                        "mails that were ingested, and copies of mails in the directory for what was set aside",
                        "you delete them; ledgers hold only digests"),
                new Remainder(
                        "statistics, which have no address: 32 bits of a hash, by which somebody who has the address can tell that"
                                + " it may be among a row's recipients",
                        "their rows are laid away, or their journals' places are taken by other events"),
                new Remainder(
                        "programs that read the feed, and exports of lists",
                        "they follow the feed, or you delete them"),
                new Remainder(
                        "evidence on lists of tenants of which neither feed nor commands know any address",
                        "you erase the address again and name the list"));
    }
}
