/** Measurements of the whole processor, against a broker and a registry in this process. */
package dev.rebound.measure;
