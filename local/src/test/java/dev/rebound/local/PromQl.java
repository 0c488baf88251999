package dev.rebound.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query asks for: metrics, the labels that they are picked by, and the labels that results are grouped by. Reads the
 * part of PromQL that dashboards and rules use, and refuses what it does not know rather than pass it over.
 */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<range>\\[[^\\]]*])"
                    + "|(?<number>\\d+(?:\\.\\d+)?[a-z]*)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){},])");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    /**
     * Series that a query asks for.
     *
     * @param metric name
     * @param matchers what its labels must be
     */
    record Selector(String metric, List<Match> matchers) {}

    /**
     * What a label must be.
     *
     * @param label its name
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     * @param value text or regular expression
     */
    record Match(String label, String operator, String value) {}

    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupedBy = new LinkedHashSet<>();
    private final List<String> tokens;
    private int next;

    private PromQl(String query) {
        tokens = tokens(query);
        while (next < tokens.size()) {
            step(query);
        }
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("no metric in " + query);
        }
    }

    static PromQl parse(String query) {
        return new PromQl(query);
    }

    List<Selector> selectors() {
        return selectors;
    }

    Set<String> groupedBy() {
        return groupedBy;
    }

    private static List<String> tokens(String query) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int end = 0;
        while (end < query.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("not understood at character " + end + ": " + query);
            }
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
            end = matcher.end();
        }
        return tokens;
    }

    private void step(String query) {
        String token = tokens.get(next++);
        if (!isName(token) || OPERATORS.contains(token)) {
            return;
        }
        if (GROUPING.contains(token)) {
            groupedBy.addAll(list(query));
        } else if (!peek("(") && !(next < tokens.size() && GROUPING.contains(tokens.get(next)))) {
            selectors.add(new Selector(token, peek("{") ? matchers(query) : List.of()));
        }
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    private List<String> list(String query) {
        List<String> names = new ArrayList<>();
        expect("(", query);
        while (!peek(")")) {
            names.add(tokens.get(next++));
            if (peek(",")) {
                next++;
            }
        }
        next++;
        return names;
    }

    private List<Match> matchers(String query) {
        List<Match> matchers = new ArrayList<>();
        expect("{", query);
        while (!peek("}")) {
            String value = tokens.get(next + 2);
            matchers.add(new Match(tokens.get(next), tokens.get(next + 1), value.substring(1, value.length() - 1)));
            next += 3;
            if (peek(",")) {
                next++;
            }
        }
        next++;
        return matchers;
    }

    private void expect(String token, String query) {
        if (!peek(token)) {
            throw new IllegalArgumentException("expected " + token + " in " + query);
        }
        next++;
    }

    private boolean peek(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }
}
