package dev.rebound.check;

import dev.rebound.app.MendingCommands;
import dev.rebound.config.ReboundConfig;
import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;

/** Words for what an ACL does not allow. */
final class Acls {

    private final MendingCommands commands;

    Acls(ReboundConfig config) {
        this.commands = new MendingCommands(config);
    }

    /**
     * What is not allowed, and the command that allows it.
     *
     * @param resource options of kafka-acls that name the resource
     */
    Problem missing(AclOperation operation, String resource) {
        return new Problem(
                "not allowed: " + operation + " on " + resource.replace("--", ""),
                commands.allow(word(operation), resource));
    }

    /** As kafka-acls spells it: {@code DescribeConfigs}. */
    private static String word(AclOperation operation) {
        StringBuilder word = new StringBuilder();
        for (String part : operation.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
