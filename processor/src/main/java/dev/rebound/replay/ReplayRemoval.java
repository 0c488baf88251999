package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.ReboundTopology;
import dev.rebound.topology.Topics.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Takes away all that a replay has made, each thing by its full name, so that nothing of another replay, whose name begins alike, nor
 * of live can be meant. Can be repeated: where the replay is defined goes last.
 */
final class ReplayRemoval {

    private final ReplayWorld world;
    private final Connections connections;
    private final List<String> removed = new ArrayList<>();

    ReplayRemoval(ReplayWorld world, Connections connections) {
        this.world = world;
        this.connections = connections;
    }

    /**
     * What was taken away, a line each.
     *
     * @param present names of all topics
     */
    List<String> remove(Set<String> present) {
        String application = world.own().applicationId();
        List<Spec> declared = new ArrayList<>(world.topics().all());
        declared.addAll(world.topics().ofReplays());
        try (Admin admin = Admin.create(world.live().adminClient())) {
            removeGroup(admin, application);
            removeGroup(admin, world.feederGroup());
            List<String> topics = new ArrayList<>(ReboundTopology.internalTopics(application));
            declared.stream().map(Spec::name).forEach(topics::add);
            topics.stream()
                    .filter(present::contains)
                    .filter(topic -> !topic.equals(world.home()))
                    .forEach(topic -> removeTopic(admin, topic));
            declared.stream()
                    .filter(topic -> topic.valueSchema() != null)
                    .map(Spec::name)
                    .forEach(this::removeSubject);
            removeState(world.own(), application);
            if (present.contains(world.home())) {
                removeTopic(admin, world.home());
            }
        }
        return List.copyOf(removed);
    }

    private void removeGroup(Admin admin, String group) {
        if (hasMembers(admin, group)) {
            // A process that was killed holds its place for a while.
            ignoring(
                    UnknownMemberIdException.class,
                    admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                            .all());
        }
        if (ignoring(
                GroupIdNotFoundException.class,
                admin.deleteConsumerGroups(List.of(group)).all())) {
            removed.add("group " + group);
        }
    }

    private static boolean hasMembers(Admin admin, String group) {
        try {
            return !admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()
                    .isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw new KafkaException(
                    "cannot look up group " + group + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void removeTopic(Admin admin, String topic) {
        if (ignoring(
                UnknownTopicOrPartitionException.class,
                admin.deleteTopics(List.of(topic)).all())) {
            removed.add("topic " + topic);
        }
    }

    private void removeSubject(String topic) {
        if (connections.schemas().forget(topic)) {
            removed.add("schemas of " + topic);
        }
    }

    private void removeState(ReboundConfig own, String application) {
        Path state = own.stateDirectory().resolve(application);
        Path log = BackgroundReplay.log(own, world.name());
        try {
            if (Files.deleteIfExists(log)) {
                removed.add("log " + log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + log, e);
        }
        if (!Files.isDirectory(state)) {
            return;
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            Files.deleteIfExists(own.stateDirectory().resolve(application + ".lock"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the state in " + state, e);
        }
        removed.add("state " + state);
    }

    /** False when it was not there. */
    private static boolean ignoring(Class<? extends Exception> notThere, KafkaFuture<Void> future) {
        try {
            future.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (notThere.isInstance(cause) || notThere.isInstance(cause.getCause())) {
                return false;
            }
            throw new KafkaException("the brokers refuse: " + cause.getMessage(), cause);
        }
    }
}
