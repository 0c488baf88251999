package dev.rebound.archive;

/**
 * Where an archive's records are from. An archive is of one topic for good: offsets of another would not follow.
 *
 * @param clusterId the cluster's id
 * @param topic the topic's name
 * @param topicId the topic's id, which another topic of the same name does not have
 * @param partitions number of its partitions
 */
record Origin(String clusterId, String topic, String topicId, int partitions) implements Entry {

    @Override
    public String toString() {
        return "topic " + topic + " (id " + topicId + ", " + partitions + " partitions) of cluster " + clusterId;
    }
}
