package io.nave.sandbox.acoustic;

/** One operation of the XML API. */
@FunctionalInterface
interface Command {
  /**
   * Does it and writes the parts of the answer.
   *
   * @throws Fault where the vendor refuses
   */
  void run(Request request, Reply reply);
}
