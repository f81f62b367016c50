package io.nave.platform;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Spans of OpenTelemetry. They hold keys and kinds of failures, never personal data, so that what
 * may stand in a span is listed here. A trace goes from step to step as a W3C {@code traceparent},
 * that of its first span; it is null where the trace is not sampled, or nothing is traced, and then
 * nothing is made of it.
 */
public final class Traces {
  public static final AttributeKey<String> SPOKE = AttributeKey.stringKey("nave.spoke");
  public static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("nave.customer.id");
  public static final AttributeKey<Long> VERSION = AttributeKey.longKey("nave.customer.version");

  /** {@code create} or {@code update}. */
  public static final AttributeKey<String> OPERATION = AttributeKey.stringKey("nave.operation");

  /** Whether it takes the fast lane. */
  public static final AttributeKey<Boolean> URGENT = AttributeKey.booleanKey("nave.urgent");

  /** How many messages were worked on together. */
  public static final AttributeKey<Long> BATCH =
      AttributeKey.longKey("messaging.batch.message_count");

  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0[01]");

  private Traces() {}

  private static Tracer tracer() {
    return GlobalOpenTelemetry.getTracer("io.nave");
  }

  /** Begins a trace. */
  public static Span begin(String name) {
    return tracer().spanBuilder(name).setSpanKind(SpanKind.PRODUCER).startSpan();
  }

  /** Begins a span of a trace that is under way; one that records nothing where it is null. */
  public static Span step(String name, SpanKind kind, String trace) {
    return trace == null
        ? Span.getInvalid()
        : tracer().spanBuilder(name).setSpanKind(kind).setParent(parent(trace)).startSpan();
  }

  private static Context parent(String trace) {
    var remote =
        SpanContext.createFromRemoteParent(
            trace.substring(3, 35),
            trace.substring(36, 52),
            TraceFlags.fromHex(trace, 53),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(remote));
  }

  /** The span as a {@code traceparent}; null where it is not sampled. */
  public static String of(Span span) {
    var context = span.getSpanContext();
    return context.isSampled()
        ? "00-" + context.getTraceId() + "-" + context.getSpanId() + "-01"
        : null;
  }

  /** The text if it is a {@code traceparent} of this version, else null. */
  public static String read(String text) {
    return text != null && TRACEPARENT.matcher(text).matches() ? text : null;
  }

  /** Does the work and ends the spans, which tell of a failure if it fails. */
  public static void during(List<Span> spans, Runnable work) {
    during(
        spans,
        () -> {
          work.run();
          return null;
        });
  }

  /** The same for work that yields something. */
  public static <T> T during(List<Span> spans, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      spans.forEach(span -> failed(span, failure.getClass().getSimpleName()));
      throw failure;
    } finally {
      spans.forEach(Span::end);
    }
  }

  /** Tells of a failure by its kind or class: what it says in full may be personal. */
  public static void failed(Span span, String kind) {
    span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, kind);
  }
}
