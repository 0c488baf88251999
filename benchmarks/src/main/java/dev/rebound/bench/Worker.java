package dev.rebound.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * The process that runs one variant, again and again, so that its code is compiled when it counts. Arguments: the variant's name and a
 * file with its configuration. Takes {@link Order}s and gives {@link Report}s.
 */
final class Worker {

    private Worker() {}

    public static void main(String[] args) throws Exception {
        Variant variant = Variant.named(args[0]);
        serve(Path.of(args[1]), keys -> Job.of(variant, keys));
    }

    /**
     * Takes orders until there are no more, and ends the process.
     *
     * @param config file with the configuration
     * @param jobs makes the job of it
     */
    static void serve(Path config, Function<Map<String, String>, Job> jobs) throws Exception {
        PrintStream answers = System.out;
        // Whatever prints must not come between the answers.
        System.setOut(System.err);
        Job job = jobs.apply(read(config));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            answers.println(Lines.write(run(job, Lines.read(line, Order.class))));
            answers.flush();
        }
        System.exit(0);
    }

    private static Report run(Job job, Order order) throws Exception {
        Usage.forgetPeak();
        double cpuSeconds = job.run(order);
        return new Report(cpuSeconds, Usage.peakBytes());
    }

    /** The configuration in a file. */
    static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        Map<String, String> keys = new HashMap<>();
        properties.forEach((key, value) -> keys.put((String) key, (String) value));
        return keys;
    }
}
