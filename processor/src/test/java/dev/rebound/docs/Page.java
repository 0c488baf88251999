package dev.rebound.docs;

/**
 * A generated file.
 *
 * @param file its name, relative to the repository's root
 * @param text its content as it should be
 */
record Page(String file, String text) {

    @Override
    public String toString() {
        return file;
    }
}
