package dev.rebound.cli;

import dev.rebound.archive.Archive;
import dev.rebound.archive.OffsetGap;
import dev.rebound.archive.PartitionContents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an archive has. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Shows of each partition which offsets and times are archived, as the manifest says. Needs no broker.")
final class ArchiveListCommand implements Callable<Integer> {

    private static final String ROW = "%-9s  %12s  %12s  %-24s  %-24s  %12s  %14s  %6s";

    @Parameters(paramLabel = "DIR", description = "The archive's directory.")
    private Path directory;

    @Option(names = "--json", description = "The result as a JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Archive archive = Archive.open(directory);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ArchiveCommand.json(object(archive)));
        } else {
            print(archive, out);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static Map<String, Object> object(Archive archive) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", archive.topic());
        object.put("clusterId", archive.clusterId());
        object.put("schemas", archive.schemas().keySet());
        object.put("partitions", archive.contents());
        return object;
    }

    private static void print(Archive archive, PrintWriter out) {
        out.println("topic " + archive.topic() + " of cluster " + archive.clusterId());
        List<PartitionContents> contents = archive.contents();
        row(out, "PARTITION", "FROM", "TO", "EARLIEST", "LATEST", "RECORDS", "BYTES", "FILES");
        contents.forEach(partition -> row(
                out,
                partition.partition(),
                orDash(partition.from()),
                partition.to() == null ? "-" : partition.to() - 1,
                orDash(partition.earliest()),
                orDash(partition.latest()),
                partition.records(),
                partition.bytes(),
                partition.files()));
        for (PartitionContents partition : contents) {
            for (OffsetGap gap : partition.gaps()) {
                out.println("gone before they were archived: " + ArchiveCommand.text(gap));
            }
        }
    }

    private static void row(PrintWriter out, Object... cells) {
        out.println(String.format(Locale.ROOT, ROW, cells));
    }

    private static Object orDash(Object value) {
        return value == null ? "-" : value;
    }
}
