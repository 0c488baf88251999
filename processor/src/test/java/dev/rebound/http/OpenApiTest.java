package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.http.OpenApiContract.Operation;
import dev.rebound.lookup.SuppressionFilter;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.schema.Classification;
import dev.rebound.schema.CodeFound;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenAPI document is sound in itself, and says of types and values what the sources say. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = OpenApiContract.document();
    private static final JsonNode SCHEMAS = DOCUMENT.at("/components/schemas");
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    static List<Operation> operations() {
        return OpenApiContract.operations();
    }

    @Test
    void itIsServedAsItIsDocumented() throws Exception {
        HttpSettings everywhere =
                new HttpSettings(Servers.EVERYWHERE, 0, new Password(Servers.TOKEN), null, Servers.LIMITS);
        try (HttpServer server = HttpServer.start(everywhere, List.of(OpenApiRoute.of()))) {
            HttpResponse<String> answer =
                    Servers.get(server, "/api/v1/openapi.json", "Authorization", "Bearer " + Servers.TOKEN);

            assertThat(answer.statusCode()).isEqualTo(200);
            OpenApiContract.check(answer);
            assertThat(new ObjectMapper()
                            .readTree(answer.body())
                            .path("openapi")
                            .asText())
                    .isEqualTo("3.1.0");
            OpenApiContract.check(Servers.get(server, "/api/v1/openapi.json"));
        }
    }

    @Test
    void whatItRefersToIsThere() {
        List<String> references = DOCUMENT.findValuesAsText("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/components/");
            assertThat(DOCUMENT.at(reference.substring(1)).isObject()).isTrue();
        });
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(operations())
                .extracting(
                        operation -> operation.description().path("operationId").asText())
                .doesNotContain("")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusalsThatNoRouteDecidesAreDocumented(Operation operation) {
        JsonNode responses = operation.description().path("responses");
        assertThat(responses.at("/default/$ref").asText()).isEqualTo("#/components/responses/Problem");
        if (!operation.description().path("security").isEmpty()) {
            assertThat(responses.at("/401/$ref").asText()).isEqualTo("#/components/responses/Unauthorized");
            assertThat(responses.at("/403/$ref").asText()).isEqualTo("#/components/responses/Forbidden");
        }
        if (operation.description().has("requestBody")) {
            assertThat(responses.at("/413/$ref").asText()).isEqualTo("#/components/responses/ContentTooLarge");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void variablePartsOfPathsAreParameters(Operation operation) {
        List<String> parameters = new ArrayList<>();
        for (JsonNode each : operation.description().path("parameters")) {
            JsonNode parameter = OpenApiContract.resolved(each);
            if (parameter.path("in").asText().equals("path")) {
                assertThat(parameter.path("required").asBoolean()).isTrue();
                parameters.add(parameter.path("name").asText());
            }
        }

        assertThat(parameters)
                .containsExactlyInAnyOrderElementsOf(VARIABLE.matcher(operation.path())
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void examplesOfRequestsKeepToTheirSchema(Operation operation) {
        JsonNode schema = operation.description().at("/requestBody/content/application~1json/schema");

        assertThat(OpenApiContract.requestExamples(operation.method(), operation.path()))
                .allSatisfy(example -> assertThat(OpenApiContract.violations(schema, example))
                        .as(example)
                        .isEmpty());
    }

    @Test
    void examplesOfSchemasKeepToThem() {
        assertThat(SCHEMAS).anyMatch(schema -> schema.has("examples")).allSatisfy(schema -> {
            for (JsonNode example : schema.path("examples")) {
                assertThat(OpenApiContract.violations(schema, example.toString()))
                        .isEmpty();
            }
        });
    }

    @Test
    void typesOfProblemsAreThoseOfTheSources() {
        assertThat(texts(SCHEMAS.at("/Problem/properties/type/enum")))
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of(Problem.PLAIN),
                                Stream.of(ProblemType.values()).map(ProblemType::uri))
                        .toList());
        assertThat(SCHEMAS.at("/Problem/properties/errors/maxItems").asInt()).isEqualTo(Problem.MAX_ERRORS);
    }

    @Test
    void classificationsAreThoseOfTheTopics() {
        assertIsRecord(SCHEMAS.path("Classification"), Classification.getClassSchema());
        assertIsRecord(SCHEMAS.path("CodeFound"), CodeFound.getClassSchema());
    }

    @Test
    void suppressionsAreThoseOfTheTopics() {
        assertIsRecord(SCHEMAS.path("Suppression"), Suppression.getClassSchema());
        assertIsRecord(SCHEMAS.path("SuppressionEvidence"), SuppressionEvidence.getClassSchema());
        assertThat(names(SCHEMAS.at("/ExportedSuppression/properties")))
                .containsAll(names(SCHEMAS.at("/Suppression/properties")));
    }

    @Test
    void limitsAndFiltersOfLookupsAreThoseOfTheSources() {
        assertThat(SCHEMAS.at("/AddressesToCheck/properties/addresses/maxItems").asInt())
                .isEqualTo(SuppressionLookups.MOST_CHECKED);
        assertThat(SCHEMAS.at("/SuppressionPage/properties/suppressions/maxItems")
                        .asInt())
                .isEqualTo(SuppressionLookups.MOST_LISTED);
        for (String path : List.of("/api/v1/suppressions", "/api/v1/suppressions/export")) {
            assertThat(OpenApiContract.operation("GET", path)
                            .description()
                            .path("parameters")
                            .findValuesAsText("name"))
                    .containsAll(SuppressionFilter.PARAMETERS);
        }
    }

    /** Every field is there, always, and null where the record's can be. */
    private static void assertIsRecord(JsonNode documented, Schema record) {
        List<String> fields =
                record.getFields().stream().map(Schema.Field::name).toList();
        assertThat(names(documented.path("properties"))).containsExactlyElementsOf(fields);
        assertThat(texts(documented.path("required"))).containsExactlyElementsOf(fields);
        for (Schema.Field field : record.getFields()) {
            JsonNode property = documented.path("properties").path(field.name());
            assertThat(texts(property.path("type")).contains("null"))
                    .as(field.name())
                    .isEqualTo(field.schema().isNullable());
            assertThat(texts(property.path("enum"))).as(field.name()).isEqualTo(symbols(field.schema()));
        }
    }

    @Test
    void eventsToClassifyHaveFieldsOfEvents() {
        JsonNode properties = SCHEMAS.at("/EventToClassify/properties");

        assertThat(names(properties)).contains("reply", "status").allSatisfy(name -> {
            Schema.Field field = DeliveryEvent.getClassSchema().getField(name);
            assertThat(field).isNotNull();
            List<String> values = new ArrayList<>(texts(properties.path(name).path("enum")));
            values.remove("null");
            assertThat(symbols(field.schema())).containsAll(values);
        });
    }

    private static List<String> symbols(Schema schema) {
        return schema.getType() == Schema.Type.ENUM ? schema.getEnumSymbols() : List.of();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
