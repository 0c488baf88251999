package dev.rebound.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Content of a delivery report part (RFC 3464 section 2.1): fields about the message, then a block of fields for each
 * recipient. Real reports have blank lines within blocks and none between them; so a block ends where a field comes again that
 * it already has, rather than at every blank line. A field that is there twice in a row counts once.
 *
 * @param message fields about the message, from wherever they stand
 * @param recipients fields of each recipient, in order
 */
record DeliveryReport(HeaderFields message, List<HeaderFields> recipients) {

    private static final Set<String> OF_MESSAGE = Set.of(
            "reporting-mta",
            "arrival-date",
            "received-from-mta",
            "dsn-gateway",
            "original-envelope-id",
            "x-postfix-queue-id",
            "x-postfix-sender",
            "x-original-message-id");

    private static final Set<String> OF_RECIPIENT = Set.of(
            "original-recipient",
            "final-recipient",
            "x-actual-recipient",
            "action",
            "status",
            "remote-mta",
            "diagnostic-code",
            "last-attempt-date",
            "final-log-id",
            "will-retry-until");

    private static final Set<String> NAMES_RECIPIENT = Set.of("original-recipient", "final-recipient");
    private static final Set<String> VERDICTS = Set.of("action", "status");

    static DeliveryReport parse(byte[] content) {
        List<HeaderFields.Field> message = new ArrayList<>();
        List<List<HeaderFields.Field>> blocks = new ArrayList<>();
        for (HeaderFields group : HeaderFields.groups(content)) {
            List<HeaderFields.Field> block = new ArrayList<>();
            for (HeaderFields.Field field : group.all()) {
                if (OF_MESSAGE.contains(field.name())) {
                    if (!field.value().isEmpty() && !has(message, Set.of(field.name()))) {
                        message.add(field);
                    }
                } else if (OF_RECIPIENT.contains(field.name())) {
                    if (!block.isEmpty() && block.get(block.size() - 1).equals(field)) {
                        continue;
                    }
                    if (NAMES_RECIPIENT.contains(field.name()) && has(block, Set.of(field.name()))) {
                        add(block, blocks);
                        block = new ArrayList<>();
                    }
                    block.add(field);
                }
            }
            add(block, blocks);
        }
        return new DeliveryReport(
                HeaderFields.of(message), blocks.stream().map(HeaderFields::of).toList());
    }

    private static void add(List<HeaderFields.Field> block, List<List<HeaderFields.Field>> blocks) {
        if (block.isEmpty()) {
            return;
        }
        List<HeaderFields.Field> last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && continues(last, block)) {
            last.addAll(block);
        } else {
            blocks.add(new ArrayList<>(block));
        }
    }

    /** Whether a blank line came in between by mistake. */
    private static boolean continues(List<HeaderFields.Field> last, List<HeaderFields.Field> block) {
        boolean repeats = block.stream().anyMatch(field -> has(last, Set.of(field.name())));
        boolean lastIsComplete = has(last, NAMES_RECIPIENT) && has(last, VERDICTS);
        return !repeats && (!lastIsComplete || !has(block, NAMES_RECIPIENT));
    }

    private static boolean has(List<HeaderFields.Field> block, Set<String> names) {
        return block.stream().anyMatch(field -> names.contains(field.name()));
    }
}
