package dev.rebound.check;

import dev.rebound.app.TopicAdmin;
import dev.rebound.app.TopicDeviation;
import dev.rebound.config.ReboundConfig;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Whether the topics are as they are declared. */
public final class TopicsCheck {

    private static final String CHECK = "topics";

    private final ReboundConfig config;
    private final Findings findings;

    TopicsCheck(ReboundConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    /**
     * Compares the topics of a configuration with their declaration.
     *
     * @throws KafkaException when the brokers refuse or do not answer
     */
    public static List<Finding> findings(ReboundConfig config) {
        Findings findings = new Findings(config.secrets());
        new TopicsCheck(config, findings).compare();
        return findings.all();
    }

    void run() {
        try {
            compare();
        } catch (KafkaException e) {
            if (Problem.isCausedBy(e, AuthorizationException.class)) {
                findings.skipped(CHECK, "cannot be seen: " + Problem.innermost(e) + "; see permissions");
            } else {
                findings.failed(CHECK, KafkaProblem.of(e.getCause() == null ? e : e.getCause()));
            }
        }
    }

    private void compare() {
        List<TopicDeviation> deviations = new TopicAdmin(config).deviations();
        boolean works = true;
        for (TopicDeviation deviation : deviations) {
            switch (deviation.weight()) {
                case BREAKS, UNAVAILABLE -> {
                    works = false;
                    findings.failed(CHECK, deviation.sentence(), deviation.remedy());
                }
                case CHOICE -> findings.noted(CHECK, deviation.sentence(), deviation.remedy());
            }
        }
        if (works) {
            findings.ok(CHECK, config.topics().all().size() + " are there, as the guarantees need them");
        }
    }
}
