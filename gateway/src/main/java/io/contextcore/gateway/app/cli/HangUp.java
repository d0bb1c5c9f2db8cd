package io.contextcore.gateway.app.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which daemons are told to read their files again. Java has no supported way to hear of it; the module
 * {@code jdk.unsupported} has one that every JDK carries, and the compiler warns of its name. So it is reached by
 * reflection, and where it is missing nothing is heard.
 */
final class HangUp {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private HangUp() {}

    /**
     * Runs the action at each SIGHUP from now on, on a thread of its own; without this the process would end.
     *
     * @return whether the platform has the signal, and lets us have it
     */
    static boolean on(Runnable action) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> HANDLER;
            };
            Object ours = Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, calls);
            Object before = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), ours);
            // A process that was started by nohup does not hear it, and Java keeps to that.
            return !handler.getField("SIG_IGN").get(null).equals(before);
        } catch (ReflectiveOperationException e) {
            // No such signal here (Windows), or it is kept from us (java -Xrs).
            return false;
        }
    }
}
