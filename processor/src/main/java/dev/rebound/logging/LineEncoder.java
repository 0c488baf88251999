package dev.rebound.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Locale;
import net.logstash.logback.encoder.LogstashEncoder;

/**
 * Writes log events as lines of text or of JSON, and masks addresses in both, whoever logs them. Set up by the logging
 * configuration.
 */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36}: %msg%n";

    private String format = "text";
    private Encoder<ILoggingEvent> lines;

    /** Chooses the format: {@code text} or {@code json}; anything else is told of and taken as text. */
    public void setFormat(String format) {
        this.format = format;
    }

    @Override
    public void start() {
        lines = encoder();
        lines.setContext(getContext());
        lines.start();
        super.start();
    }

    private Encoder<ILoggingEvent> encoder() {
        switch (format.toLowerCase(Locale.ROOT)) {
            case "json":
                LogstashEncoder json = new LogstashEncoder();
                json.setVersion(null);
                json.setIncludeContext(false);
                return json;
            case "text":
                break;
            default:
                addWarn("rebound.log.format: " + format + " (expected: text or json)");
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setPattern(PATTERN);
        return text;
    }

    @Override
    public void stop() {
        super.stop();
        if (lines != null) {
            lines.stop();
        }
    }

    @Override
    public byte[] headerBytes() {
        return lines.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return lines.encode(new MaskedEvent(event));
    }

    @Override
    public byte[] footerBytes() {
        return lines.footerBytes();
    }
}
