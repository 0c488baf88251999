/** YAML as people write it, read so that every complaint names file, line, key, value and what was expected. */
package dev.rebound.yaml;
