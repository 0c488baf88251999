package dev.rebound.bench;

import dev.rebound.flink.Peer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs the Flink job in a cluster within this process, made anew for each run. The job ends by itself: it reads to what is the end at
 * its start, and its last checkpoint commits the rest.
 *
 * @param keys configuration
 * @param parallelism of all steps
 */
record FlinkJob(Map<String, String> keys, int parallelism) implements Job {

    private static final long PAUSE_MS = 10;

    @Override
    public double run(Order order) throws Exception {
        Map<String, String> all = new HashMap<>(keys);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, order.application());
        Peer peer = new Peer(all, Path.of(order.stateDirectory()), parallelism);
        MiniClusterConfiguration configuration = new MiniClusterConfiguration.Builder()
                .setConfiguration(peer.configuration())
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(parallelism)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .withRandomPorts()
                .build();
        MiniCluster cluster = new MiniCluster(configuration);
        try {
            cluster.start();
            JobGraph job = peer.build().getStreamGraph().getJobGraph();
            cluster.submitJob(job).get();
            while (!isReady(cluster, job.getJobID())) {
                Thread.sleep(PAUSE_MS);
            }
            double begin = Usage.cpuSeconds();
            JobResult result = cluster.requestJobResult(job.getJobID()).get();
            if (!result.isSuccess()) {
                throw new IllegalStateException(
                        "the job broke", result.getSerializedThrowable().orElse(null));
            }
            return Usage.cpuSeconds() - begin;
        } finally {
            cluster.closeAsync().get();
        }
    }

    /** All tasks have opened their state and take records, or have done so already. */
    private static boolean isReady(MiniCluster cluster, JobID job) throws Exception {
        Iterable<? extends AccessExecutionVertex> tasks =
                cluster.getExecutionGraph(job).get().getAllExecutionVertices();
        return StreamSupport.stream(tasks.spliterator(), false)
                .map(AccessExecutionVertex::getExecutionState)
                .allMatch(state -> state == ExecutionState.RUNNING || state.isTerminal());
    }
}
