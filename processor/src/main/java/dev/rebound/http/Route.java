package dev.rebound.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Objects;

/**
 * Something that the server answers to.
 *
 * @param method HTTP method
 * @param path path, with {@code {names}} for its variable parts
 * @param access who may ask
 * @param handler gives the answer
 */
public record Route(HandlerType method, String path, Access access, Handler handler) {

    /**
     * A route.
     *
     * @throws NullPointerException when it does not say who may ask
     */
    public Route {
        Objects.requireNonNull(access, () -> "route " + path + " does not say who may ask (expected: an Access)");
        Objects.requireNonNull(handler, "handler");
    }

    /** A route that shows something. */
    public static Route get(String path, Access access, Handler handler) {
        return new Route(HandlerType.GET, path, access, handler);
    }
}
