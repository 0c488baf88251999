package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;

/**
 * What an output was made by, in header {@value #HEADER}: {@code tables=… policy=… build=…}. Two outputs of the same event and the same
 * fingerprint are the same. Belongs to one task.
 */
public final class Fingerprint {

    /** Name of the header. */
    public static final String HEADER = "rebound.fingerprint";

    private final Supplier<CodeTable> current;
    private final String policy;
    private final String build;
    private CodeTable table;
    private byte[] text;

    /**
     * A fingerprint for outputs made by a policy.
     *
     * @param policies revision of the policies, as {@link dev.rebound.suppress.Policies#revision} has it
     * @param current the table of right now
     */
    public Fingerprint(String policies, Supplier<CodeTable> current) {
        this.current = current;
        this.policy = policies;
        this.build = Build.fingerprint();
    }

    /** With a table, as the header has it. */
    public String text(CodeTable with) {
        return "tables=" + with.fingerprint() + " policy=" + policy + " build=" + build;
    }

    /** As {@link #write(Headers, CodeTable)}, with the table of right now. */
    void write(Headers headers) {
        write(headers, current.get());
    }

    /** Leaves it in headers, instead of what they say of it. */
    void write(Headers headers, CodeTable with) {
        if (table != with) {
            table = with;
            text = text(with).getBytes(StandardCharsets.UTF_8);
        }
        OwnHeaders.put(headers, HEADER, text);
    }
}
