package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds answers of a server against the OpenAPI document that it serves. Stricter than the document is to clients: what an
 * answer says has to be in the document, unless a schema has {@code additionalProperties}.
 */
public final class OpenApiContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi31(),
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .formatAssertionsEnabled(true)
                    .locale(Locale.ENGLISH)
                    .build()));

    private static final JsonNode DOCUMENT = read();

    private OpenApiContract() {}

    /**
     * What the document says about a method at a path.
     *
     * @param method in upper case
     * @param path path as it stands in the document, with {@code {names}} for its variable parts
     * @param description the operation object
     */
    public record Operation(String method, String path, JsonNode description) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        private boolean takes(String wanted) {
            String literal = "\\Q" + path.replaceAll("\\{[^}]*}", "\\\\E[^/]+\\\\Q") + "\\E";
            return path.equals(wanted) || Pattern.matches(literal, wanted);
        }
    }

    /** Checks the answer to the request that it belongs to, as {@link #check(String, String, HttpResponse)} does. */
    public static void check(HttpResponse<String> answer) {
        check(answer.request().method(), answer.request().uri().getRawPath(), answer);
    }

    /**
     * Checks that the answer's status is documented for the operation, by itself and not as the default; that its media type and
     * headers are those documented for the status; and that its body, when it is JSON, keeps to the documented schema.
     *
     * @param method in upper case
     * @param path as in the document or as in a request, without a query
     */
    public static void check(String method, String path, HttpResponse<String> answer) {
        Operation operation = operation(method, path);
        JsonNode documented = operation.description().path("responses").path("" + answer.statusCode());
        assertThat(documented.isMissingNode())
                .as("status %d is not documented for %s: %s", answer.statusCode(), operation, answer.body())
                .isFalse();
        JsonNode response = resolved(documented);
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            if (header.getValue().path("required").asBoolean()) {
                assertThat(answer.headers().firstValue(header.getKey()))
                        .as("header %s of %s", header.getKey(), operation)
                        .isPresent();
            }
        }
        checkBody(operation, response.path("content"), answer);
    }

    private static void checkBody(Operation operation, JsonNode content, HttpResponse<String> answer) {
        if (content.isMissingNode()) {
            assertThat(answer.body()).as("body of %s", operation).isEmpty();
            return;
        }
        String type = mediaType(answer);
        assertThat(content.has(type))
                .as("%s is not a documented media type of %s with %d", type, operation, answer.statusCode())
                .isTrue();
        if (type.endsWith("json")) {
            assertThat(violations(content.path(type).path("schema"), answer.body()))
                    .as("%s with %d: %s", operation, answer.statusCode(), answer.body())
                    .isEmpty();
        }
    }

    private static String mediaType(HttpResponse<String> answer) {
        String header = answer.headers().firstValue("Content-Type").orElse("");
        return header.replaceFirst(";.*", "").strip();
    }

    /** What in a JSON text breaks a schema of the document; empty when nothing does. */
    static List<String> violations(JsonNode schema, String json) {
        ObjectNode complete = schema.deepCopy();
        complete.set("$defs", DOCUMENT.at("/components/schemas"));
        try {
            JsonNode alone = JSON.readTree(complete.toString().replace("#/components/schemas/", "#/$defs/"));
            return SCHEMAS.getSchema(alone).validate(JSON.readTree(json)).stream()
                    .map(Object::toString)
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of("not JSON: " + e.getMessage());
        }
    }

    /** All that the document describes, in its order. */
    public static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
                }
            }
        }
        return operations;
    }

    /** Bodies that the document gives as examples of requests, as JSON, in its order. */
    public static List<String> requestExamples(String method, String path) {
        List<String> examples = new ArrayList<>();
        operation(method, path)
                .description()
                .at("/requestBody/content/application~1json/examples")
                .forEach(example -> examples.add(example.path("value").toString()));
        return examples;
    }

    /** Where two paths of the document take one, that without variable parts is meant (OpenAPI 3.1 section 4.8.8.2). */
    static Operation operation(String method, String path) {
        return operations().stream()
                .filter(operation -> operation.method().equals(method) && operation.takes(path))
                .min((one, other) ->
                        Boolean.compare(other.path().equals(path), one.path().equals(path)))
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not documented"));
    }

    /** The node, or what it refers to. */
    static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The document, its schemas closed: they allow no properties that they do not name. */
    static JsonNode document() {
        return DOCUMENT;
    }

    private static JsonNode read() {
        try (InputStream resource = OpenApiRoute.class.getResourceAsStream("openapi.json")) {
            JsonNode document = JSON.readTree(resource);
            close(document);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApiContract::close);
    }
}
