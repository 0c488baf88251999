package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.http.ReplayControl.Launch;
import dev.rebound.logging.AddressMask;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayJson;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayStatus;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/** Routes for replays. Every instance tells of all of them, whoever works on them. */
public final class ReplayRoutes {

    private static final String PATH = "/api/v1/replays";
    private static final String NAME = "name";
    private static final String ONE = PATH + "/{" + NAME + '}';
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern OF_FIELD = Pattern.compile(
            "(?s)(--)?(?<field>codesFile|rulesFile|policy|offsets)((:|, line )(?<line>[0-9]+))?:? (?<what>.*)");

    private final ReplayControl replays;
    private final ReplayWork work;

    private ReplayRoutes(ReplayControl replays, ReplayWork work) {
        this.replays = replays;
        this.work = work;
    }

    /**
     * {@code /api/v1/replays} and below it.
     *
     * @param request how long a request may take; longer work answers before that
     */
    public static List<Route> of(
            ReplayControl replays, Differences differences, Promotions promotions, Duration request) {
        ReplayWork work = new ReplayWork(request);
        ReplayRoutes routes = new ReplayRoutes(replays, work);
        DifferenceAnswers difference = new DifferenceAnswers(replays, differences, work);
        return List.of(
                Route.get(PATH, Access.READ, routes::list),
                new Route(HandlerType.POST, PATH, Access.CHANGE, routes::start),
                Route.get(ONE, Access.READ, routes::show),
                new Route(HandlerType.DELETE, ONE, Access.CHANGE, routes::delete),
                new Route(HandlerType.POST, ONE + "/stop", Access.CHANGE, routes::stop),
                Route.get(ONE + "/diff", Access.READ, difference::json),
                Route.get(ONE + "/diff.html", Access.READ, difference::html),
                new Route(
                        HandlerType.POST,
                        ONE + "/promote",
                        Access.CHANGE,
                        new PromoteReplay(replays, promotions.promotion(), work, "promote")),
                new Route(
                        HandlerType.POST,
                        ONE + "/rollback",
                        Access.CHANGE,
                        new PromoteReplay(replays, promotions.rollback(), work, "rollback")));
    }

    /** The replay that the path names. @throws ProblemException when it cannot be a name */
    static ReplayName name(Context context) {
        return name(NAME, context.pathParam(NAME));
    }

    static ReplayName name(String parameter, String text) {
        try {
            return new ReplayName(text);
        } catch (IllegalArgumentException e) {
            throw Query.refused(parameter, text, "1 to 40 lower-case letters, digits and hyphens, the first no hyphen");
        }
    }

    /** The replay of a name. @throws ProblemException when there is none */
    static ReplayStatus existing(ReplayControl replays, ReplayName name) {
        return replays.find(name)
                .orElseThrow(() -> new ProblemException(Problem.plain(
                        HttpStatus.NOT_FOUND_404,
                        "there is no replay " + name + "; " + PATH + " lists those there are")));
    }

    private void list(Context context) {
        Query.read(context, List.of());
        work.lookUp(context, replays::list, all -> {
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode list = answer.putArray("replays");
            all.forEach(replay -> list.add(told(replay)));
            context.json(answer);
        });
    }

    private void show(Context context) {
        ReplayName name = name(context);
        work.lookUp(context, () -> existing(replays, name), replay -> context.json(told(replay)));
    }

    private void start(Context context) {
        ReplayFields.Wanted wanted = ReplayFields.read(BodyFields.of(context));
        work.change(context, () -> started(wanted), replay -> context.status(
                        replay.isFinished() ? HttpStatus.OK_200 : HttpStatus.ACCEPTED_202)
                .json(told(replay)));
    }

    private ReplayStatus started(ReplayFields.Wanted wanted) throws IOException {
        ReplayName name = wanted.replay().name();
        if (!wanted.isNew() && replays.find(name).isEmpty()) {
            throw new ProblemException(Problem.plain(
                    HttpStatus.NOT_FOUND_404,
                    "there is no replay " + name
                            + " to go on with; give the span of a new one: from and to, offsets, or all"));
        }
        ReplayStatus replay = defined(wanted);
        if (!replay.isFinished() && !replay.phase().isUnderWay()) {
            replays.start(name);
        }
        return replay;
    }

    private ReplayStatus defined(ReplayFields.Wanted wanted) {
        try {
            return replays.define(wanted.replay());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(ProblemType.INVALID_BODY, List.of(mistake(AddressMask.mask(e.getMessage()))));
        }
    }

    /** Complaints about the text of a file name its field and perhaps a line, those about offsets begin with the command's option. */
    private static Mistake mistake(String complaint) {
        Matcher named = OF_FIELD.matcher(complaint);
        if (!named.matches()) {
            return new Mistake("", complaint);
        }
        String line = named.group("line") == null ? "" : "line " + named.group("line") + ": ";
        return new Mistake('/' + named.group("field"), line + named.group("what"));
    }

    private void stop(Context context) {
        ReplayName name = name(context);
        work.change(
                context,
                () -> {
                    existing(replays, name);
                    return replays.stop(name, work.most());
                },
                replay -> context.status(replay.phase().isUnderWay() ? HttpStatus.ACCEPTED_202 : HttpStatus.OK_200)
                        .json(told(replay)));
    }

    private void delete(Context context) {
        ReplayName name = name(context);
        work.change(
                context,
                () -> {
                    ReplayStatus replay = existing(replays, name);
                    if (isStarting(replay)) {
                        throw new ReplayException("replay " + name + " is starting; stop it first");
                    }
                    return replays.delete(name);
                },
                deleted -> {
                    ObjectNode answer = JSON.createObjectNode();
                    deleted.forEach(answer.putArray("deleted")::add);
                    context.json(answer);
                });
    }

    private boolean isStarting(ReplayStatus replay) {
        return replays.launch(nameOf(replay))
                .filter(launch -> launch.isAlive() && isBeforeItsFirstWord(replay, launch))
                .isPresent();
    }

    private static ReplayName nameOf(ReplayStatus replay) {
        return new ReplayName(replay.definition().getName());
    }

    /** As everywhere; of a process that this instance started and that has not said anything yet, that it is starting, or has failed. */
    private ObjectNode told(ReplayStatus replay) {
        ObjectNode node = ReplayJson.of(replay);
        replays.launch(nameOf(replay))
                .filter(launch -> isBeforeItsFirstWord(replay, launch))
                .ifPresent(launch -> {
                    if (launch.isAlive()) {
                        node.put("state", "starting");
                        node.remove("problem");
                    } else if (launch.exit() != 0) {
                        node.put("state", ReplayStatus.Phase.FAILED.text());
                        node.put(
                                "problem",
                                "its process ended with exit code " + launch.exit() + " before it began; its log is "
                                        + launch.log());
                    }
                });
        return node;
    }

    private static boolean isBeforeItsFirstWord(ReplayStatus replay, Launch launch) {
        return !replay.isFinished()
                && (replay.progress() == null || replay.progress().getAt().isBefore(launch.at()));
    }
}
