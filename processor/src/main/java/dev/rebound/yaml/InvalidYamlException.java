package dev.rebound.yaml;

/** A YAML file cannot be used; the message names file, line, key, value and what was expected. */
public final class InvalidYamlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidYamlException(String message) {
        super(message);
    }
}
