package dev.rebound.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What the registry's process runs: the registry's own main class, with two things added that only code inside that
 * process can do.
 *
 * <p>It ends when the process that started it ends, however that happens. Standard input is a pipe whose other end only the
 * parent holds, so the system closes it even after a {@code kill -9}; end of file here means that the parent is gone, and
 * with it the broker that has the schemas. A file with a process id would leave the registry running until the next start,
 * and a shutdown hook does not run on {@code kill -9}.
 *
 * <p>It ignores the interrupt signal, which a terminal sends on Ctrl-C to every process in the foreground: the parent stops
 * the registry after those who need it.
 */
final class RegistryProcess {

    private RegistryProcess() {}

    /** @param args name of the main class to run, on this process's class path */
    public static void main(String[] args) throws Exception {
        Thread watch = new Thread(() -> endWithParent(System.in), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        ignoreInterrupt(System.err);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    /** Nothing is worth saving: an orderly stop comes as a termination signal, and the schemas are in the broker. */
    private static void endWithParent(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(0);
    }

    /** By reflection, because the compiler warns of these classes, which every JDK has in jdk.unsupported. */
    private static void ignoreInterrupt(PrintStream trouble) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException e) {
            trouble.println("Ctrl-C will stop the registry at once: " + e);
        }
    }
}
