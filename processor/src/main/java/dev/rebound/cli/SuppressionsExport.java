package dev.rebound.cli;

import dev.rebound.lookup.ExportFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All suppressions in force, in full. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes all suppressions in force, with their evidence, while the instances go on processing.")
final class SuppressionsExport implements Callable<Integer> {

    private static final int CHARACTERS = 16 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private SuppressionFilterOptions filter;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "NDJSON",
            description = "ndjson, a JSON object a line, or csv, for spreadsheets. Default: ndjson.")
    private ExportFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write. It appears when the export is complete. Default: standard output.")
    private Path output;

    @Option(
            names = "--allow-stale",
            description =
                    "Take copies of the state where the instance that processes it does not answer; their lines are"
                            + " marked stale. Otherwise the export fails.")
    private boolean allowStale;

    @Override
    public Integer call() throws IOException {
        Map<String, String> query = filter.parameters();
        query.put("format", format.name().toLowerCase(Locale.ROOT));
        if (allowStale) {
            query.put("stale", "allow");
        }
        try (InputStream in = instance.client().stream(SuppressionsCommand.PATH + "/export", query)) {
            if (output == null) {
                print(in);
            } else {
                write(in);
            }
        }
        return ExitCode.OK.code();
    }

    private void print(InputStream in) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        char[] some = new char[CHARACTERS];
        for (int read = read(text, some); read >= 0; read = read(text, some)) {
            out.write(some, 0, read);
        }
        out.flush();
    }

    private static int read(Reader text, char[] some) throws IOException {
        try {
            return text.read(some);
        } catch (IOException e) {
            throw cut(e);
        }
    }

    private void write(InputStream in) throws IOException {
        Path part = output.resolveSibling(output.getFileName() + ".part");
        try {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e instanceof FileSystemException ? e : cut(e);
        }
    }

    private static IOException cut(IOException e) {
        return new IOException(
                "the export was cut off and is not complete: the instance stopped, or another one did whose part was missing;"
                        + " try again, or take copies with --allow-stale",
                e);
    }
}
