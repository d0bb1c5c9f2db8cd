package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.GatewayApp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A gateway that stops in good order when the process is told to end. */
record Running(GatewayApp app, Runnable afterwards, CountDownLatch stopped) implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Running.class.getName());

    /**
     * @param afterwards runs when everything is closed
     * @throws io.contextcore.gateway.app.CannotStart as {@link GatewayApp#start}
     */
    static Running start(GatewayApp.Parts parts, Runnable afterwards) {
        GatewayApp app = GatewayApp.start(parts);
        Running running = new Running(app, afterwards, new CountDownLatch(1));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> within(parts.settings().stopTimeout(), running::close), "contextcore-stop"));
        return running;
    }

    /**
     * Has a stop done, and waits no longer than it may take: a disk or a thread that hangs does not keep the process from
     * ending. What was answered is on disk all the time, so that nothing is lost by that.
     *
     * @return whether it came to its end
     */
    static boolean within(Duration time, Runnable stop) {
        Thread stopping = new Thread(stop, "contextcore-stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(Math.max(1, time.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopping.isAlive()) {
            LOG.log(
                    Level.WARNING,
                    "The stop takes longer than {0} s (stop.timeout); the process ends now, what waits is on disk.",
                    time.toSeconds());
        }
        return !stopping.isAlive();
    }

    /** Where webhooks go; a host that means every address is shown as this machine. */
    String url(String host, boolean tls) {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (tls ? "https://" : "http://") + shown + ":" + app.intakePort();
    }

    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public synchronized void close() {
        if (stopped.getCount() > 0) {
            app.close();
            afterwards.run();
            stopped.countDown();
        }
    }
}
