package io.nave.connectors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StartupListener;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * One beginning of a route with two ways in, for vendors that push changes and must be asked as
 * well: {@code poll-and-hook:<spoke>?poll=60s} is a timer that starts at once and {@code POST} and
 * {@code OPTIONS} to {@code /hooks/<spoke>}. A tick has no header {@code CamelHttpMethod}.
 */
@Named("poll-and-hook")
@Singleton
public final class PollAndHook extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String spoke, Map<String, Object> parameters) {
    var poll = getAndRemoveParameter(parameters, "poll", String.class, "60s");
    return new Both(uri, this, spoke, poll);
  }

  private static final class Both extends DefaultEndpoint {
    private final String spoke;
    private final String poll;

    Both(String uri, PollAndHook component, String spoke, String poll) {
      super(uri, component);
      this.spoke = spoke;
      this.poll = poll;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("poll-and-hook: producer (expected: from)");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      var timer = "timer:poll-" + spoke + "?delay=200&period=" + poll;
      var hook = "platform-http:/hooks/" + spoke + "?httpMethodRestrict=POST,OPTIONS";
      return new BothConsumer(
          this, processor, consumer(timer, processor), consumer(hook, processor));
    }

    private Consumer consumer(String uri, Processor processor) throws Exception {
      return getCamelContext().getEndpoint(uri).createConsumer(processor);
    }
  }

  private static final class BothConsumer extends DefaultConsumer {
    private final Consumer timer;
    private final Consumer hook;

    BothConsumer(Endpoint endpoint, Processor processor, Consumer timer, Consumer hook) {
      super(endpoint, processor);
      this.timer = timer;
      this.hook = hook;
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      ServiceHelper.startService(hook, timer);
      if (timer instanceof StartupListener waiting) { // it begins only when it is told
        getEndpoint().getCamelContext().addStartupListener(waiting);
      }
    }

    @Override
    protected void doStop() throws Exception {
      ServiceHelper.stopAndShutdownServices(timer, hook);
      super.doStop();
    }
  }
}
