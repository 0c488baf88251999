package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker in a process of its own, to be stopped, killed and started again on the same port and directory. */
final class BrokerProcess implements AutoCloseable {

    private final Path directory;
    private final Path log;
    private final int port;
    private Process process;

    private BrokerProcess(Path directory, int port) throws Exception {
        this.directory = Files.createDirectories(directory.resolve("broker"));
        this.log = directory.resolve("broker.log");
        this.port = port;
    }

    /** Starts a broker of its own in a directory, and waits until it answers. */
    static BrokerProcess in(Path directory) throws Exception {
        BrokerProcess broker = new BrokerProcess(directory, ServicePort.free());
        broker.start();
        return broker;
    }

    String bootstrapServers() {
        return ServicePort.LOOPBACK + ":" + port;
    }

    void start() throws Exception {
        process = ChildProcess.start(BrokerProcess.class, log, directory.toString(), Integer.toString(port));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            await("the broker to answer; its log is " + log, () -> answers(admin));
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    /** In order, so that nothing has to be recovered. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** {@code kill -9}: its log has to be recovered. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** What the process runs. @param args directory and port */
    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]), problem -> {
            System.err.println(problem.getMessage());
            Runtime.getRuntime().halt(1);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        Thread.currentThread().join();
    }
}
