package dev.rebound.http;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Header;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.RouteRole;
import java.util.Locale;
import java.util.Set;

/** Decides whether a request may have the route that it asks for. */
final class AccessRule {

    private static final String SCHEME = "bearer ";
    private static final String REMEDY = "set rebound.http.token.file or rebound.http.token";

    private final Token token;
    private final boolean onLoopback;

    /**
     * A rule.
     *
     * @param token what a request must bring; null when none is configured
     * @param onLoopback the server can be reached from this machine only
     */
    AccessRule(Token token, boolean onLoopback) {
        this.token = token;
        this.onLoopback = onLoopback;
    }

    /**
     * Lets the request pass, or refuses it.
     *
     * @throws io.javalin.http.HttpResponseException when it is refused
     */
    void check(Context request) {
        Access access = accessOf(request.routeRoles());
        if (access == Access.OPEN || isAuthorized(request)) {
            return;
        }
        if (access == Access.READ && onLoopback) {
            requireLocalHost(request);
            return;
        }
        if (token == null) {
            throw new ForbiddenResponse(
                    access == Access.CHANGE
                            ? "changes need a token, and none is configured; " + REMEDY
                            : "reading from other machines needs a token, and none is configured; " + REMEDY);
        }
        throw unauthorized(request, "a token is needed: send the header Authorization: Bearer TOKEN", "");
    }

    private static Access accessOf(Set<RouteRole> roles) {
        if (roles.size() == 1 && roles.iterator().next() instanceof Access access) {
            return access;
        }
        throw new ForbiddenResponse("this path does not say who may ask for it");
    }

    /** With the token: true. Without any: false. A wrong one is refused even where none is needed: the caller is mistaken. */
    private boolean isAuthorized(Context request) {
        String header = request.header(Header.AUTHORIZATION);
        if (header == null || token == null) {
            return false;
        }
        boolean bearer = header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        if (bearer && token.is(header.substring(SCHEME.length()).strip())) {
            return true;
        }
        throw unauthorized(request, "the token is not the configured one", ", error=\"invalid_token\"");
    }

    private static UnauthorizedResponse unauthorized(Context request, String message, String detail) {
        request.header(Header.WWW_AUTHENTICATE, "Bearer realm=\"rebound\"" + detail);
        return new UnauthorizedResponse(message);
    }

    /**
     * A page of the Web can have its own name resolve to loopback and then read what a browser on this machine can read; it
     * cannot choose the name that the browser sends as the host.
     */
    private static void requireLocalHost(Context request) {
        String host = request.header(Header.HOST);
        if (!LocalNames.isLocal(host)) {
            throw new ForbiddenResponse("the request is for another host (expected: localhost or a loopback address);"
                    + " through a proxy, send the token");
        }
    }
}
