package dev.rebound.http;

import io.javalin.security.RouteRole;

/** Who may ask for a route. */
public enum Access implements RouteRole {
    /** Anyone who reaches the server: health and metrics, which hold no personal data. */
    OPEN,
    /** Anyone on this machine while the server listens on loopback only; else whoever has the token. */
    READ,
    /** Whoever has the token, always: the request changes state. */
    CHANGE
}
