package io.nave.console;

/**
 * How much flows in one direction.
 *
 * @param rate per second, for people
 * @param pace how fast the dots move; they grow faster with the logarithm of the rate, so that one
 *     a second and thousands a second can both be seen; 0 where nothing flows
 */
public record Flow(String rate, String pace) {

  static Flow of(double perSecond) {
    double pace = perSecond <= 0 ? 0 : Math.min(5, 0.5 + 0.4 * Math.log1p(perSecond));
    return new Flow(Numbers.rate(perSecond), Numbers.at(pace));
  }

  /** True if anything flows. */
  public boolean flows() {
    return !pace.equals("0");
  }
}
