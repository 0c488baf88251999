package dev.rebound.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Routes of the dashboard: its pages, and the scripts and styles that they are made of. None holds data: a page asks the routes
 * that do, with the token where one is needed, so that anyone may have these.
 */
public final class DashboardRoutes {

    private static final String DIRECTORY = "dashboard/";
    private static final String SHELL = "index.html";
    private static final int NOT_MODIFIED = 304;

    /** Addresses of pages, all of the same document: its scripts show the one that the address names. */
    private static final List<String> PAGES = List.of(
            "/",
            "/domains/{domain}",
            "/providers/{provider}",
            "/codes",
            "/suppressions",
            "/replays",
            "/replays/{name}");

    /** All that is served below /assets/: no path of a request ever becomes the name of a file. */
    static final List<String> ASSETS = List.of(
            "api.js",
            "app.css",
            "app.js",
            "charts.js",
            "dom.js",
            "format.js",
            "icon.svg",
            "live.js",
            "pages/codes.js",
            "pages/difference.js",
            "pages/overview.js",
            "pages/place.js",
            "pages/promotion.js",
            "pages/replays.js",
            "pages/suppressions.js",
            "parts.js",
            "spans.js",
            "story.js",
            "theme.js",
            "words.js",
            "vendor/uplot-1.6.32/LICENSE",
            "vendor/uplot-1.6.32/uPlot.iife.min.js",
            "vendor/uplot-1.6.32/uPlot.min.css");

    /** Scripts and styles from here alone, none within the document; no frames, no other hosts. */
    private static final Map<String, String> HEADERS = Map.of(
            Header.CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Header.X_CONTENT_TYPE_OPTIONS,
            "nosniff",
            Header.REFERRER_POLICY,
            "no-referrer",
            // Asked for each time and answered with 304: another version's scripts never mix with this one's.
            Header.CACHE_CONTROL,
            "no-cache");

    private record Asset(byte[] bytes, String type, String tag) {}

    private DashboardRoutes() {}

    /** Every page and every file, each of which answers to GET. */
    public static List<Route> of() {
        List<Route> routes = new ArrayList<>();
        Asset shell = read(SHELL);
        PAGES.forEach(path -> routes.add(Route.get(path, Access.OPEN, context -> answer(context, shell))));
        for (String name : ASSETS) {
            Asset asset = read(name);
            routes.add(Route.get("/assets/" + name, Access.OPEN, context -> answer(context, asset)));
        }
        return routes;
    }

    private static void answer(Context context, Asset asset) {
        HEADERS.forEach(context::header);
        context.header(Header.ETAG, asset.tag());
        String known = context.header(Header.IF_NONE_MATCH);
        if (known != null && known.contains(asset.tag())) {
            context.status(NOT_MODIFIED);
        } else {
            context.contentType(asset.type()).result(asset.bytes());
        }
    }

    private static Asset read(String name) {
        try (InputStream resource = DashboardRoutes.class.getResourceAsStream(DIRECTORY + name)) {
            byte[] bytes = resource.readAllBytes();
            return new Asset(bytes, type(name), tag(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + DIRECTORY + name + " from the class path", e);
        }
    }

    private static String type(String name) {
        String kind =
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "html" -> "text/html";
                    case "js" -> "text/javascript";
                    case "css" -> "text/css";
                    case "svg" -> "image/svg+xml";
                    default -> "text/plain";
                };
        return kind + "; charset=utf-8";
    }

    /** Weak, because the bytes that are sent may be compressed. */
    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "W/\"" + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
