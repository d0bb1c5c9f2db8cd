package io.contextcore.gateway.server;

import io.contextcore.gateway.base.IpAddress;
import io.contextcore.gateway.intake.IntakeRequest;
import io.contextcore.gateway.model.Source;
import io.contextcore.gateway.pipeline.Outcome;
import io.contextcore.gateway.pipeline.Receiver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers as it is told and remembers what it was given. Knows the source {@code forge}, at two paths. */
final class FakeReceiver implements Receiver {

    static final String OWN_PATH = "/from-the-forge";
    static final String DOCUMENT_PATH = "/v1/openapi.json";

    final List<IntakeRequest> received = new CopyOnWriteArrayList<>();
    final List<String> threads = new CopyOnWriteArrayList<>();
    volatile Function<IntakeRequest, CompletionStage<Outcome>> answer =
            request -> CompletableFuture.completedStage(new Outcome.Accepted("forge//1", false));

    volatile boolean admitted = true;

    void answers(Outcome outcome) {
        answer = request -> CompletableFuture.completedStage(outcome);
    }

    @Override
    public Optional<String> sourceAt(String path) {
        return path.equals(OWN_PATH)
                ? Optional.of("forge")
                : Optional.of(path)
                        .filter(known -> known.startsWith(Source.WEBHOOKS))
                        .map(known -> known.substring(Source.WEBHOOKS.length()))
                        .filter(this::knows);
    }

    @Override
    public Optional<String> documentAt(String path) {
        return path.equals(DOCUMENT_PATH) ? Optional.of("{\"openapi\":\"3.1.1\"}") : Optional.empty();
    }

    @Override
    public boolean knows(String source) {
        return source.equals("forge");
    }

    @Override
    public boolean admits(String source, Optional<IpAddress> sender) {
        return admitted;
    }

    @Override
    public CompletionStage<Outcome> receive(IntakeRequest request) {
        received.add(request);
        threads.add(Thread.currentThread().getName());
        return answer.apply(request);
    }
}
