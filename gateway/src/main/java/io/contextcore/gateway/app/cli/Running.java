package io.contextcore.gateway.app.cli;

import io.contextcore.gateway.app.GatewayApp;
import java.util.concurrent.CountDownLatch;

/** A gateway that stops in good order when the process is told to end. */
record Running(GatewayApp app, Runnable afterwards, CountDownLatch stopped) implements AutoCloseable {

    /**
     * @param afterwards runs when everything is closed
     * @throws io.contextcore.gateway.app.CannotStart as {@link GatewayApp#start}
     */
    static Running start(GatewayApp.Parts parts, Runnable afterwards) {
        GatewayApp app = GatewayApp.start(parts);
        Running running = new Running(app, afterwards, new CountDownLatch(1));
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "contextcore-stop"));
        return running;
    }

    /** Where webhooks go; a host that means every address is shown as this machine. */
    String url(String host) {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return "http://" + shown + ":" + app.intakePort();
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
