package dev.rebound.docs;

import java.util.List;
import java.util.stream.Collectors;

/** A Markdown text, written block by block, as code-hosting sites render it. */
final class Markdown {

    /** Writes all generated pages anew. */
    static final String REGENERATE = "mvn -pl processor -am test -Dtest=DocumentationTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true";

    private final StringBuilder text = new StringBuilder();

    /** A page with a title, marked as generated. */
    static Markdown generated(String title) {
        return new Markdown()
                .block("# " + title)
                .block("<!-- Generated; a test compares it with the sources. To write it anew:\n" + REGENERATE
                        + " -->");
    }

    Markdown heading(String heading) {
        return block("## " + heading);
    }

    Markdown paragraph(String paragraph) {
        return block(paragraph.strip());
    }

    Markdown fenced(String language, String code) {
        return block("```" + language + "\n" + code.stripTrailing() + "\n```");
    }

    /** A table; cells are Markdown already, see {@link #plain} and {@link #code}. */
    Markdown table(List<String> header, List<List<String>> rows) {
        String rule = header.stream().map(name -> "---").collect(Collectors.joining("|", "|", "|"));
        String lines = rows.stream().map(Markdown::row).collect(Collectors.joining("\n"));
        return block(row(header) + "\n" + rule + "\n" + lines);
    }

    /** Words that have no meaning to Markdown; null becomes the empty text. */
    static String plain(String words) {
        return words == null
                ? ""
                : words.replaceAll("\\s+", " ")
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replaceAll("([\\\\*_`|\\[\\]])", "\\\\$1");
    }

    /** A code span that can stand in a table; the empty text and null stay empty. */
    static String code(String code) {
        return code == null || code.isEmpty() ? "" : "`" + code.replace("|", "\\|") + "`";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private Markdown block(String block) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(block).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
