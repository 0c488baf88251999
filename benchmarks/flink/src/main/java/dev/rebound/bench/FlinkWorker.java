package dev.rebound.bench;

import java.nio.file.Path;

/** The process that runs the Flink job. Arguments: the variant's name and a file with its configuration. */
final class FlinkWorker {

    private FlinkWorker() {}

    public static void main(String[] args) throws Exception {
        Variant variant = Variant.named(args[0]);
        Worker.serve(Path.of(args[1]), keys -> new FlinkJob(keys, variant.threads()));
    }
}
