package io.contextcore.gateway.app;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Receiver;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Tells a watch what became of each request. */
record WatchedReceiver(Receiver receiver, Watch watch) implements Receiver {

    @Override
    public Optional<String> sourceAt(String path) {
        return receiver.sourceAt(path);
    }

    @Override
    public Optional<String> documentAt(String path) {
        return receiver.documentAt(path);
    }

    @Override
    public boolean knows(String source) {
        return receiver.knows(source);
    }

    @Override
    public boolean admits(String source, Optional<IpAddress> sender) {
        return receiver.admits(source, sender);
    }

    @Override
    public CompletionStage<Outcome> receive(IntakeRequest request) {
        return receiver.receive(request).whenComplete((outcome, failure) -> {
            if (outcome != null) {
                watch.answered(request, outcome);
            }
        });
    }
}
