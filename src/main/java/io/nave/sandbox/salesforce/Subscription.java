package io.nave.sandbox.salesforce;

import com.google.protobuf.ByteString;
import com.salesforce.eventbus.protobuf.ConsumerEvent;
import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.ProducerEvent;
import com.salesforce.eventbus.protobuf.ReplayPreset;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * One subscriber: a place in the feed, and how many events it still wants. Its first request names
 * topic and place, all only raise the number.
 */
final class Subscription {
  private static final int MOST_REQUESTED = 100;
  private static final int MOST_A_RESPONSE = 100;
  private final PubSub pubSub;
  private final ChangeFeed feed;
  private final ServerCallStreamObserver<FetchResponse> client;
  private final Runnable wakeUp = this::send;
  private ObjectType type;
  private long position = -1;
  private int wanted;
  private boolean refused;

  Subscription(PubSub pubSub, ChangeFeed feed, ServerCallStreamObserver<FetchResponse> client) {
    this.pubSub = pubSub;
    this.feed = feed;
    this.client = client;
  }

  void fetch(FetchRequest request) {
    if (refused) {
      return;
    }
    if (request.getNumRequested() <= 0) {
      throw PubSub.error(
          Status.INVALID_ARGUMENT,
          "sfdc.platform.eventbus.grpc.subscription.fetch.requestedevents.validation.failed",
          "num_requested must be positive");
    }
    if (position < 0) {
      type = pubSub.type(request.getTopicName());
      position = place(request);
      feed.listen(wakeUp);
      keepAlive();
    }
    wanted = Math.min(wanted + request.getNumRequested(), MOST_REQUESTED);
    send();
  }

  private long place(FetchRequest request) {
    if (request.getReplayPreset() == ReplayPreset.EARLIEST) {
      return feed.earliest();
    }
    if (request.getReplayPreset() == ReplayPreset.LATEST) {
      return feed.latest();
    }
    byte[] id = request.getReplayId().toByteArray();
    if (id.length != Long.BYTES || !feed.knows(ByteBuffer.wrap(id).getLong())) {
      throw PubSub.error(
          Status.INVALID_ARGUMENT,
          "sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted",
          "The Replay ID validation failed. Ensure that the Replay ID is valid.");
    }
    return ByteBuffer.wrap(id).getLong();
  }

  private static ByteString bytes(long replayId) {
    return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, replayId));
  }

  /** Tells the place where nothing is to be told otherwise. */
  private void keepAlive() {
    client.onNext(
        FetchResponse.newBuilder()
            .setLatestReplayId(bytes(position))
            .setRpcId(UUID.randomUUID().toString())
            .setPendingNumRequested(wanted)
            .build());
  }

  private void send() {
    while (wanted > 0 && !client.isCancelled()) {
      List<ChangeFeed.Event> events = feed.after(position, type, Math.min(wanted, MOST_A_RESPONSE));
      if (events.isEmpty()) {
        return;
      }
      position = events.get(events.size() - 1).replayId();
      wanted -= events.size();
      client.onNext(response(events));
    }
  }

  private FetchResponse response(List<ChangeFeed.Event> events) {
    FetchResponse.Builder response =
        FetchResponse.newBuilder()
            .setLatestReplayId(bytes(position))
            .setRpcId(UUID.randomUUID().toString())
            .setPendingNumRequested(wanted);
    for (ChangeFeed.Event event : events) {
      ProducerEvent.Builder produced =
          ProducerEvent.newBuilder()
              .setId(event.id())
              .setSchemaId(event.schemaId())
              .setPayload(ByteString.copyFrom(event.payload()));
      response.addEvents(
          ConsumerEvent.newBuilder().setEvent(produced).setReplayId(bytes(event.replayId())));
    }
    return response.build();
  }

  /** Ends it with an error. */
  void refuse(StatusRuntimeException why) {
    if (!refused) {
      refused = true;
      end();
      client.onError(why);
    }
  }

  void end() {
    feed.forget(wakeUp);
  }
}
