package dev.rebound.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Route that describes all routes, itself included. */
public final class OpenApiRoute {

    private static final String DOCUMENT = "openapi.json";

    private OpenApiRoute() {}

    /** {@code GET /api/v1/openapi.json}: an OpenAPI document, version 3.1, as JSON. */
    public static Route of() {
        byte[] document = document();
        return Route.get("/api/v1/openapi.json", Access.READ, context -> context.contentType("application/json")
                .result(document));
    }

    private static byte[] document() {
        try (InputStream resource = OpenApiRoute.class.getResourceAsStream(DOCUMENT)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + DOCUMENT + " from the class path", e);
        }
    }
}
