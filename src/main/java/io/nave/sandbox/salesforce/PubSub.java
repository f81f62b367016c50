package io.nave.sandbox.salesforce;

import com.salesforce.eventbus.protobuf.FetchRequest;
import com.salesforce.eventbus.protobuf.FetchResponse;
import com.salesforce.eventbus.protobuf.PubSubGrpc;
import com.salesforce.eventbus.protobuf.SchemaInfo;
import com.salesforce.eventbus.protobuf.SchemaRequest;
import com.salesforce.eventbus.protobuf.TopicInfo;
import com.salesforce.eventbus.protobuf.TopicRequest;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The Pub/Sub API on a port of its own, without TLS. Every call is handled on the event loop, where
 * the records are.
 */
final class PubSub extends PubSubGrpc.PubSubImplBase implements ServerInterceptor {
  private static final Context.Key<String> TOKEN = Context.key("accesstoken");
  private final ChangeFeed feed;
  private final Org org;
  private final Logins logins;
  private final Executor eventLoop;
  private final Server server;

  PubSub(Org org, ChangeFeed feed, Logins logins, Executor eventLoop, int port) throws IOException {
    this.org = org;
    this.feed = feed;
    this.logins = logins;
    this.eventLoop = eventLoop;
    this.server = start(port);
  }

  /** Starts on the port, or on any free one where that is taken. */
  private Server start(int port) throws IOException {
    try {
      return server(port).start();
    } catch (IOException e) {
      return server(0).start();
    }
  }

  private Server server(int port) {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress("127.0.0.1", port), InsecureServerCredentials.create())
        .addService(ServerInterceptors.intercept(this, this))
        .build();
  }

  int port() {
    return server.getPort();
  }

  void stop() {
    server.shutdownNow();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context = Context.current().withValue(TOKEN, header(headers, "accesstoken"));
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static String header(Metadata headers, String name) {
    String value = headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }

  /** Runs the work on the event loop where the session is valid; a refusal ends the call. */
  private void run(StreamObserver<?> answers, Runnable work) {
    run(work, answers::onError);
  }

  private void run(Runnable work, Consumer<StatusRuntimeException> refused) {
    String token = TOKEN.get();
    eventLoop.execute(
        () -> {
          try {
            if (!logins.valid(token)) {
              throw error(
                  Status.UNAUTHENTICATED,
                  "sfdc.platform.eventbus.grpc.service.auth.error",
                  "Authentication exception occurred");
            }
            work.run();
          } catch (StatusRuntimeException e) {
            refused.accept(e);
          }
        });
  }

  static StatusRuntimeException error(Status status, String code, String message) {
    Metadata trailers = new Metadata();
    trailers.put(Metadata.Key.of("error-code", Metadata.ASCII_STRING_MARSHALLER), code);
    return status.withDescription(message).asRuntimeException(trailers);
  }

  @Override
  public void getTopic(TopicRequest request, StreamObserver<TopicInfo> answers) {
    run(
        answers,
        () -> {
          String topic = request.getTopicName();
          ObjectType type = type(topic);
          EventSchema schema = feed.schema(type == null ? org.schema.type("Contact") : type);
          answers.onNext(
              TopicInfo.newBuilder()
                  .setTopicName(topic)
                  .setTenantGuid("core/sandbox/" + org.id)
                  .setCanSubscribe(true)
                  .setSchemaId(schema.id)
                  .setRpcId(UUID.randomUUID().toString())
                  .build());
          answers.onCompleted();
        });
  }

  /** The object that the topic is about, null for all; refused where there is no such topic. */
  ObjectType type(String topic) {
    if (topic.equals("/data/ChangeEvents")) {
      return null;
    }
    String name = topic.replaceFirst("^/data/(\\w+)ChangeEvent$", "$1");
    ObjectType type = org.schema.find(name);
    if (type == null || !type.writable()) {
      throw error(
          Status.NOT_FOUND,
          "sfdc.platform.eventbus.grpc.topic.not.found",
          "The topic name is invalid or not found: " + topic);
    }
    return type;
  }

  @Override
  public void getSchema(SchemaRequest request, StreamObserver<SchemaInfo> answers) {
    run(
        answers,
        () -> {
          EventSchema schema = feed.schema(request.getSchemaId());
          if (schema == null) {
            throw error(
                Status.NOT_FOUND,
                "sfdc.platform.eventbus.grpc.schema.not.found",
                "There is no schema with that id");
          }
          answers.onNext(
              SchemaInfo.newBuilder()
                  .setSchemaId(schema.id)
                  .setSchemaJson(schema.schema.toString())
                  .setRpcId(UUID.randomUUID().toString())
                  .build());
          answers.onCompleted();
        });
  }

  @Override
  public StreamObserver<FetchRequest> subscribe(StreamObserver<FetchResponse> answers) {
    ServerCallStreamObserver<FetchResponse> client =
        (ServerCallStreamObserver<FetchResponse>) answers;
    Subscription subscription = new Subscription(this, feed, client);
    client.setOnCancelHandler(() -> eventLoop.execute(subscription::end));
    return new StreamObserver<>() {
      @Override
      public void onNext(FetchRequest request) {
        run(() -> subscription.fetch(request), subscription::refuse);
      }

      @Override
      public void onError(Throwable cause) {
        eventLoop.execute(subscription::end);
      }

      @Override
      public void onCompleted() {
        eventLoop.execute(
            () -> {
              subscription.end();
              client.onCompleted();
            });
      }
    };
  }
}
