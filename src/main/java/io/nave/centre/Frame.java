package io.nave.centre;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What every page of the centre has around it.
 *
 * @param style address of the brand's colours
 * @param logo address of the logo; null: none
 * @param privacy address of the privacy notice; null: none
 * @param path where the page is; null where nobody was let in
 */
@TemplateData
public record Frame(
    Wording w,
    String brand,
    String lead,
    String style,
    String logo,
    String privacy,
    String path,
    List<Tongue> tongues) {

  /** Another language of the page. */
  @TemplateData
  public record Tongue(
      String code, String name, String direction, String address, boolean current) {}
}
