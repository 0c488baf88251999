package dev.rebound.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The input that ships with the product, for a first look: delivery reports and events of invented senders. */
final class Sample {

    private static final String FOLDER = "/sample/";

    private Sample() {}

    /** Writes the sample's files into a directory, which is made when missing. */
    static Path unpack(Path directory) {
        try {
            Files.createDirectories(directory);
            for (String name : names()) {
                try (InputStream in = open(name)) {
                    Files.copy(in, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the sample to " + directory, e);
        }
    }

    private static List<String> names() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open("index.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private static InputStream open(String name) {
        InputStream in = Sample.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IllegalStateException("resource " + FOLDER + name + " is missing from the build");
        }
        return in;
    }
}
