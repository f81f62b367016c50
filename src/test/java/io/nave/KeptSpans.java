package io.nave;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The spans that ended, in a test whose hub traces. */
@Singleton
public class KeptSpans {
  private final InMemorySpanExporter kept = InMemorySpanExporter.create();

  @Produces
  @Singleton
  SpanProcessor processor() {
    return SimpleSpanProcessor.create(kept);
  }

  public List<SpanData> all() {
    return kept.getFinishedSpanItems();
  }
}
