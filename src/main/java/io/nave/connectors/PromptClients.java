package io.nave.connectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Properties;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** The bean {@code prompt} of the hub's routes: makes consumers that wait for nothing but news. */
@ApplicationScoped
@Named("prompt")
class PromptClients extends DefaultKafkaClientFactory {

  @Override
  public Consumer<Object, Object> getConsumer(Properties settings) {
    return new PromptConsumer(settings);
  }
}
