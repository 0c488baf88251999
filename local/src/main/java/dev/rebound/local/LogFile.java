package dev.rebound.local;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sends the log to a file as well. Where it is becomes known only once the command line has been read. */
final class LogFile {

    private LogFile() {}

    /** Configures logging anew, with this file; its directory is made when missing. */
    static void in(Path file) {
        System.setProperty("rebound.log.file", file.toAbsolutePath().toString());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        URL configuration = LogFile.class.getResource("/logback.xml");
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException("cannot log to " + file, e);
        }
    }
}
