package dev.rebound.replay;

import dev.rebound.app.JvmOptions;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Work on a replay in a process of its own, which outlives the one that starts it.
 *
 * @param process the process
 * @param log what it writes to
 */
public record BackgroundReplay(Process process, Path log) {

    private static final String MAIN = "dev.rebound.cli.Main";

    /** Where the process that works on a replay writes to. */
    static Path log(ReboundConfig config, ReplayName replay) {
        return config.stateDirectory().resolve("replays").resolve(replay + ".log");
    }

    /**
     * Starts the process. It gets the configuration by its standard input: passwords must be seen neither in a file nor in the list of
     * processes.
     *
     * @throws IOException when it cannot be started
     */
    public static BackgroundReplay start(ReplayName replay, ReboundConfig config) throws IOException {
        Path log = log(config, replay);
        OwnerOnly.createDirectories(log.getParent());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.forThroughput());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of("replay", "start", "--name", replay.text(), "--wait", "--config", "-"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        Properties properties = new Properties();
        properties.putAll(config.given());
        try (OutputStream keys = process.getOutputStream()) {
            properties.store(keys, null);
        }
        return new BackgroundReplay(process, log);
    }
}
