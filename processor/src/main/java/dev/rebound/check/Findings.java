package dev.rebound.check;

import dev.rebound.check.Finding.Result;
import dev.rebound.config.Secrets;
import java.util.ArrayList;
import java.util.List;

/** Collects findings, from several threads, and keeps secrets out of them. */
final class Findings {

    private final Secrets secrets;
    private final List<Finding> findings = new ArrayList<>();

    Findings(Secrets secrets) {
        this.secrets = secrets;
    }

    void ok(String check, String finding) {
        add(check, Result.OK, finding, "");
    }

    void noted(String check, String finding, String remedy) {
        add(check, Result.NOTED, finding, remedy);
    }

    void failed(String check, String finding, String remedy) {
        add(check, Result.FAILED, finding, remedy);
    }

    void failed(String check, Problem problem) {
        failed(check, problem.finding(), problem.remedy());
    }

    void skipped(String check, String reason) {
        add(check, Result.SKIPPED, reason, "");
    }

    private synchronized void add(String check, Result result, String finding, String remedy) {
        findings.add(new Finding(check, result, oneLine(finding), oneLine(remedy)));
    }

    private String oneLine(String text) {
        return secrets.hide(text).replaceAll("\\s+", " ").strip();
    }

    synchronized boolean hasFailure() {
        return findings.stream().anyMatch(finding -> finding.result() == Result.FAILED);
    }

    /** What has been found until now. */
    synchronized List<Finding> all() {
        return List.copyOf(findings);
    }
}
