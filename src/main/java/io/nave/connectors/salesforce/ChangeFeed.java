package io.nave.connectors.salesforce;

import com.google.protobuf.ByteString;
import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.PubSubGrpc;
import com.salesforce.eventbus.protobuf.ReplayPreset;
import com.salesforce.eventbus.protobuf.SchemaRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.nave.platform.VendorError;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.component.salesforce.internal.client.TokenCredentials;

/**
 * One org's change feed: a subscription that is opened again after the last position that was taken
 * when it breaks. Changes are offered again until they are taken. Used by one route at a time.
 */
final class ChangeFeed implements AutoCloseable {
  private static final String TOPIC = "/data/ChangeEvents";
  private static final int WINDOW = 100;
  private static final long WAIT_MILLIS = 1000;
  private static final long FIRST_ANSWER_MILLIS = 3000;
  private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Metadata.Key<String> ERROR =
      Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER);

  private final SalesforceSession session;
  private final ManagedChannel channel;
  private final PubSubGrpc.PubSubStub stub;
  private final EventReader events;
  private Stream stream;
  private String position;
  private ChangedRecords offered;
  private boolean lost;
  private long notBefore = System.nanoTime();

  ChangeFeed(URI address, SalesforceSession session) {
    this.session = session;
    ManagedChannelBuilder<?> builder =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort());
    channel = (address.getScheme().equals("http") ? builder.usePlaintext() : builder).build();
    TokenCredentials credentials = new TokenCredentials(session);
    stub = PubSubGrpc.newStub(channel).withCallCredentials(credentials);
    PubSubGrpc.PubSubBlockingStub asking =
        PubSubGrpc.newBlockingStub(channel).withCallCredentials(credentials);
    events =
        new EventReader(
            id ->
                asking
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .getSchema(SchemaRequest.newBuilder().setSchemaId(id).build())
                    .getSchemaJson());
  }

  /** What the server sends on one subscription. */
  private static final class Stream implements StreamObserver<FetchResponse> {
    private final BlockingQueue<FetchResponse> responses = new LinkedBlockingQueue<>();
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Throwable end;
    private StreamObserver<FetchRequest> requests;

    @Override
    public void onNext(FetchResponse response) {
      responses.add(response);
      answered.countDown();
    }

    @Override
    public void onError(Throwable failure) {
      end = failure;
      answered.countDown();
    }

    @Override
    public void onCompleted() {
      onError(Status.UNAVAILABLE.withDescription("the server ended it").asException());
    }

    void request(FetchRequest.Builder request, int events) {
      requests.onNext(request.setTopicName(TOPIC).setNumRequested(events).build());
    }
  }

  /**
   * Opens the feed where it is not open. Returns when the server has answered, or, since it need
   * not answer before something changes, after a moment in which it must have got the request.
   *
   * @param after the position to go on after, null where none is known
   * @param loaded whether all records have been read before; then, without a position, everything
   *     that Salesforce still holds is read
   */
  synchronized void open(String after, boolean loaded)
      throws SalesforceException, InterruptedException {
    if (stream != null) {
      return;
    }
    TimeUnit.NANOSECONDS.sleep(notBefore - System.nanoTime());
    if (session.getAccessToken() == null) {
      session.login(null);
    }
    position = position == null && !lost ? after : position;
    offered = null;
    stream = new Stream();
    stream.requests = stub.subscribe(stream);
    stream.request(first(loaded), WINDOW);
    stream.answered.await(FIRST_ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    if (stream.end != null && stream.responses.isEmpty() && position == null) {
      broken(stream.end);
      throw new VendorError("feed", "the change feed did not open");
    }
  }

  private FetchRequest.Builder first(boolean loaded) {
    FetchRequest.Builder first = FetchRequest.newBuilder();
    if (position != null) {
      byte[] replayId = HexFormat.of().parseHex(position);
      first.setReplayPreset(ReplayPreset.CUSTOM).setReplayId(ByteString.copyFrom(replayId));
    } else {
      first.setReplayPreset(loaded ? ReplayPreset.EARLIEST : ReplayPreset.LATEST);
    }
    return first;
  }

  /**
   * The changes that were not taken yet, or null where none came within a second.
   *
   * @throws VendorError where the feed broke; the next {@link #open} goes on
   */
  synchronized ChangedRecords next() throws SalesforceException, InterruptedException {
    if (offered == null && stream != null) {
      FetchResponse response = stream.responses.poll();
      if (response == null && stream.end == null) {
        response = stream.responses.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (response == null && stream.end != null) {
        return broken(stream.end);
      }
      offered = response == null ? null : readOrBreak(response);
    }
    return offered;
  }

  private ChangedRecords readOrBreak(FetchResponse response) throws SalesforceException {
    try {
      return read(response);
    } catch (RuntimeException unreadable) {
      stream.requests.onError(Status.CANCELLED.asException());
      return broken(unreadable);
    }
  }

  private ChangedRecords read(FetchResponse first) {
    ChangedRecords changes = new ChangedRecords();
    for (FetchResponse at = first; at != null; at = stream.responses.poll()) {
      at.getEventsList().forEach(event -> events.read(event, changes));
      changes.after(HexFormat.of().formatHex(at.getLatestReplayId().toByteArray()));
      if (at.getEventsCount() > 0 && stream.end == null) {
        stream.request(FetchRequest.newBuilder(), at.getEventsCount());
      }
    }
    return changes;
  }

  private ChangedRecords broken(Throwable end) throws SalesforceException {
    stream = null;
    notBefore = System.nanoTime() + RECONNECT_NANOS;
    Metadata trailers = Status.trailersFromThrowable(end);
    String code = trailers == null ? null : trailers.get(ERROR);
    if (code != null && code.contains(".replayid.")) {
      return lost();
    }
    if (code != null && code.contains(".auth.")) {
      session.login(session.getAccessToken());
      return null;
    }
    Status status = Status.fromThrowable(end);
    throw new VendorError("feed " + status.getCode(), "the change feed broke", end);
  }

  /** The position is no longer retained: go on from now, and read everything again. */
  private ChangedRecords lost() {
    ChangedRecords all = new ChangedRecords();
    all.loseSome();
    position = null;
    lost = true;
    return all;
  }

  /** Says that everything that was offered is durable. */
  synchronized void taken() {
    if (offered != null && offered.getPosition() != null) {
      position = offered.getPosition();
    }
    offered = null;
  }

  @Override
  public synchronized void close() {
    if (stream != null) {
      stream.requests.onCompleted();
      stream = null;
    }
    channel.shutdownNow();
  }
}
