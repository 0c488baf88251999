package dev.rebound.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link RunningStack} of this JVM: {@code @ExtendWith(LocalStackExtension.class)}, and a parameter of
 * that type. It is started for the first test that asks and stopped after the last test of the run; tests keep apart by
 * {@link RunningStack#newName}.
 */
public final class LocalStackExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LocalStackExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stack(context);
    }

    /** For other extensions, which build on the same stack. */
    static RunningStack stack(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, type -> Shared.start(), Shared.class)
                .stack;
    }

    /** What JUnit closes when the run ends. */
    private static final class Shared implements AutoCloseable {

        private final Path directory;
        private final RunningStack stack;
        private final LocalStack parts;
        private final List<LocalStackException> failures;

        private Shared(Path directory, LocalStack parts, List<LocalStackException> failures) {
            this.directory = directory;
            this.parts = parts;
            this.failures = failures;
            this.stack = new RunningStack(parts.bootstrapServers(), parts.schemaRegistryUrl());
        }

        static Shared start() {
            try {
                Path directory = Files.createTempDirectory("rebound-it");
                List<LocalStackException> failures = Collections.synchronizedList(new ArrayList<>());
                LocalStack parts =
                        LocalStack.start(new LocalStackOptions(directory, 0, 0), System.err::println, failures::add);
                return new Shared(directory, parts, failures);
            } catch (Exception e) {
                throw new IllegalStateException("the shared stack for tests did not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            parts.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            if (!failures.isEmpty()) {
                throw new IllegalStateException("a part of the shared stack stopped during the tests", failures.get(0));
            }
        }
    }
}
