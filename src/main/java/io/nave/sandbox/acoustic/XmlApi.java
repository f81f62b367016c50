package io.nave.sandbox.acoustic;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one endpoint: it checks who asks and how many ask, and runs the command. */
final class XmlApi {
  private static final System.Logger LOG = System.getLogger(XmlApi.class.getName());
  private final Map<String, Command> commands;
  private final Sessions sessions;
  private final AccountLimits limits;
  private final Vertx vertx;
  private final List<HttpServerResponse> underWay = new ArrayList<>();

  XmlApi(Map<String, Command> commands, Sessions sessions, AccountLimits limits, Vertx vertx) {
    this.commands = commands;
    this.sessions = sessions;
    this.limits = limits;
    this.vertx = vertx;
  }

  void handle(RoutingContext request) {
    underWay.removeIf(one -> one.ended() || one.closed());
    underWay.add(request.response());
    boolean refused = underWay.size() > limits.inFlight();
    Body.read(request, content -> later(() -> answer(request, new Body(content), refused)));
  }

  private void later(Runnable answer) {
    if (limits.latency().isZero()) {
      answer.run();
    } else {
      vertx.setTimer(limits.latency().toMillis(), timer -> answer.run());
    }
  }

  private void answer(RoutingContext request, Body body, boolean refused) {
    Credentials credentials = Credentials.of(request);
    if (credentials.token() != null && !sessions.isToken(credentials.token())) {
      request
          .response()
          .setStatusCode(401)
          .putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
          .putHeader("Content-Type", "application/json;charset=UTF-8")
          .end("{\"error\":\"invalid_token\"}");
      return;
    }
    request
        .response()
        .putHeader("Content-Type", "text/xml;charset=UTF-8")
        .end(refused ? tooMany() : answer(body, credentials));
  }

  private String answer(Body body, Credentials credentials) {
    try {
      Request command = Request.parse(body.xml());
      Reply reply = new Reply();
      switch (command.name()) {
        case "Login" -> sessions.login(command, reply);
        case "Logout" -> sessions.logout(credentials.session(), reply);
        default -> run(command, credentials, reply);
      }
      return reply.toString();
    } catch (Fault e) {
      return Reply.of(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a command failed", e);
      return Reply.of(new Fault(Fault.SERVER_ERROR, "Server Error"));
    }
  }

  private void run(Request command, Credentials credentials, Reply reply) {
    if (!credentials.open(sessions)) {
      throw new Fault(Fault.SESSION_INVALID, "Session has expired or is invalid");
    }
    Command known = commands.get(command.name());
    if (known == null) {
      throw new Fault(Fault.INVALID_XML, "Invalid XML Request");
    }
    known.run(command, reply);
  }

  private static String tooMany() {
    return Reply.of(
        new Fault(Fault.SERVER_ERROR, "Too many concurrent requests for this organization"));
  }
}
