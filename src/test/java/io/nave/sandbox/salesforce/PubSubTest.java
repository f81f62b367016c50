package io.nave.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.salesforce.eventbus.protobuf.ConsumerEvent;
import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.PubSubGrpc;
import com.salesforce.eventbus.protobuf.ReplayPreset;
import com.salesforce.eventbus.protobuf.SchemaRequest;
import com.salesforce.eventbus.protobuf.TopicRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.nave.sandbox.SandboxServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PubSubTest {
  private final SalesforceSandbox sandbox = new SalesforceSandbox(Clock.systemUTC());
  private final BlockingQueue<FetchResponse> responses = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
  private SandboxServer server;
  private SalesforceClient client;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    server = SandboxServer.start(sandbox, 0);
    client = new SalesforceClient(server.address()).login();
    URI address = URI.create(sandbox.settings().get("pub-sub"));
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  private Metadata session(String token) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("accesstoken", Metadata.ASCII_STRING_MARSHALLER), token);
    return headers;
  }

  private PubSubGrpc.PubSubStub stub() {
    return PubSubGrpc.newStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(session(client.session())));
  }

  private PubSubGrpc.PubSubBlockingStub blocking(String token) {
    return PubSubGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(session(token)));
  }

  private StreamObserver<FetchRequest> subscribe(FetchRequest.Builder first) {
    StreamObserver<FetchRequest> requests =
        stub()
            .subscribe(
                new StreamObserver<>() {
                  @Override
                  public void onNext(FetchResponse response) {
                    responses.add(response);
                  }

                  @Override
                  public void onError(Throwable error) {
                    errors.add(error);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(first.setTopicName("/data/ChangeEvents").build());
    return requests;
  }

  private FetchResponse response() throws InterruptedException {
    return responses.poll(5, TimeUnit.SECONDS);
  }

  private GenericRecord decode(ConsumerEvent event) throws IOException {
    String json =
        blocking(client.session())
            .getSchema(
                SchemaRequest.newBuilder().setSchemaId(event.getEvent().getSchemaId()).build())
            .getSchemaJson();
    Schema schema = new Schema.Parser().parse(json);
    return new GenericDatumReader<GenericRecord>(schema)
        .read(
            null,
            DecoderFactory.get().binaryDecoder(event.getEvent().getPayload().toByteArray(), null));
  }

  @Test
  void tellsAChangeWithItsOriginAndChangedFields() throws Exception {
    String id = client.create("Contact", new JsonObject().put("LastName", "Roe"));
    subscribe(FetchRequest.newBuilder().setNumRequested(10));
    FetchResponse keepAlive = response();

    client.data(
        "PATCH",
        "/sobjects/Contact/" + id,
        new JsonObject().put("HasOptedOutOfEmail", true),
        "Sforce-Call-Options",
        "client=nave");
    ConsumerEvent event = response().getEvents(0);
    GenericRecord header = (GenericRecord) decode(event).get("ChangeEventHeader");

    assertThat(keepAlive.getEventsCount()).isZero();
    assertThat(header.get("changeType")).hasToString("UPDATE");
    assertThat(header.get("recordIds")).hasToString("[" + id + "]");
    assertThat(header.get("changeOrigin")).hasToString("com/salesforce/api/rest/60.0;client=nave");
    assertThat(decode(event).get("HasOptedOutOfEmail")).isEqualTo(true);
    assertThat(header.get("changedFields").toString()).matches("\\[0x[0-9a-f]+]");
  }

  @Test
  void aTickThatIsClearedWhereNoneWasDidNotChange() throws Exception {
    String id =
        client.create(
            "Contact", new JsonObject().put("LastName", "Roe").put("HasOptedOutOfEmail", false));
    subscribe(FetchRequest.newBuilder().setNumRequested(10));
    response();

    client.data(
        "PATCH",
        "/sobjects/Contact/" + id,
        new JsonObject().put("LastName", "Poe").putNull("HasOptedOutOfEmail"));

    assertThat(decode(response().getEvents(0)).get("HasOptedOutOfEmail")).isNull();
  }

  @Test
  void goesOnAfterTheReplayIdThatIsAsked() throws Exception {
    subscribe(FetchRequest.newBuilder().setNumRequested(1));
    response();
    client.create("Contact", new JsonObject().put("LastName", "One"));
    client.create("Contact", new JsonObject().put("LastName", "Two"));
    FetchResponse first = response();
    responses.clear();

    subscribe(
        FetchRequest.newBuilder()
            .setNumRequested(1)
            .setReplayPreset(ReplayPreset.CUSTOM)
            .setReplayId(first.getLatestReplayId()));
    response();

    assertThat(decode(response().getEvents(0)).get("Name").toString()).contains("Two");
  }

  @Test
  void mergesEqualChangesOfOneTransactionIntoOneEvent() throws Exception {
    String one = client.create("Contact", new JsonObject().put("LastName", "One"));
    String two = client.create("Contact", new JsonObject().put("LastName", "Two"));
    subscribe(FetchRequest.newBuilder().setNumRequested(10));
    response();

    JsonObject type = new JsonObject().put("type", "Contact");
    JsonArray records = new JsonArray();
    for (String id : List.of(one, two)) {
      records.add(new JsonObject().put("attributes", type).put("id", id).put("Title", "Buyer"));
    }
    client.data("PATCH", "/composite/sobjects", new JsonObject().put("records", records));
    FetchResponse told = response();

    assertThat(told.getEventsCount()).isEqualTo(1);
    GenericRecord header = (GenericRecord) decode(told.getEvents(0)).get("ChangeEventHeader");
    assertThat(header.get("recordIds")).hasToString("[" + one + ", " + two + "]");
  }

  @Test
  void refusesAReplayIdThatItDoesNotKnow() throws Exception {
    subscribe(
        FetchRequest.newBuilder()
            .setNumRequested(1)
            .setReplayPreset(ReplayPreset.CUSTOM)
            .setReplayId(ByteString.copyFrom(new byte[8])));

    StatusRuntimeException error = (StatusRuntimeException) errors.poll(5, TimeUnit.SECONDS);

    assertThat(code(error)).endsWith("replayid.corrupted");
  }

  private static String code(StatusRuntimeException error) {
    return error.getTrailers().get(Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER));
  }

  @Test
  void refusesASessionThatHasEnded() {
    TopicRequest request = TopicRequest.newBuilder().setTopicName("/data/ChangeEvents").build();

    assertThat(blocking(client.session()).getTopic(request).getCanSubscribe()).isTrue();
    assertThatThrownBy(() -> blocking("other").getTopic(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(code(e)).isEqualTo("sfdc.platform.eventbus.grpc.service.auth.error"));
  }

  @Test
  void aSubscriptionWhoseSessionEndsHearsNoMoreAndHoldsUpNobody() throws Exception {
    StreamObserver<FetchRequest> requests = subscribe(FetchRequest.newBuilder().setNumRequested(1));
    response();
    sandbox.expireTokens();
    requests.onNext(FetchRequest.newBuilder().setNumRequested(1).build());
    var error = (StatusRuntimeException) errors.poll(5, TimeUnit.SECONDS);
    assertThat(code(error)).isEqualTo("sfdc.platform.eventbus.grpc.service.auth.error");

    client.login();
    client.create("Contact", new JsonObject().put("LastName", "One"));
    assertThat(responses).isEmpty();
  }
}
