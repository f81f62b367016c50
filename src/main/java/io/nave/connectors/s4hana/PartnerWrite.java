package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Brings the addresses of one partner, their e-mails and numbers in line with a record. */
final class PartnerWrite {
  private static final List<Channel> CHANNELS =
      List.of(
          new Channel("to_EmailAddress", "EmailAddress", "IsDefaultEmailAddress"),
          new Channel("to_PhoneNumber", "PhoneNumber", "IsDefaultPhoneNumber"),
          new Channel("to_MobilePhoneNumber", "PhoneNumber", "IsDefaultPhoneNumber"));

  /** What {@code from-canonical} writes of a place. */
  private static final List<String> PLACE =
      List.of(
          "StreetName",
          "HouseNumber",
          "StreetPrefixName",
          "AdditionalStreetPrefixName",
          "StreetSuffixName",
          "AdditionalStreetSuffixName",
          "POBox",
          "CityName",
          "PostalCode",
          "Region",
          "Country");

  private final PartnerApi api;
  private final String spoke;
  private final String number;
  private final String country;

  PartnerWrite(PartnerApi api, String spoke, String number, String country) {
    this.api = api;
    this.spoke = spoke;
    this.number = number;
    this.country = country;
  }

  static String etag(JsonNode entity) {
    return entity.at("/__metadata/etag").asText("*");
  }

  /** An address as a deep insert takes it; one without a country gets the given one. */
  static ObjectNode insertion(JsonNode address, String country) {
    ObjectNode insertion = PartnerJson.properties(address);
    if (!insertion.hasNonNull("Country")) {
      insertion.put("Country", country);
    }
    for (Channel channel : CHANNELS) {
      for (JsonNode child : address.path(channel.navigation())) {
        insertion
            .withObjectProperty(channel.navigation())
            .withArrayProperty("results")
            .add(PartnerJson.properties(child));
      }
    }
    return insertion;
  }

  /**
   * Sends what is needed.
   *
   * @param current the addresses as read from SAP
   * @param before those that the hub knew SAP to hold
   * @param wanted those of the record
   */
  void bring(JsonNode current, JsonNode before, JsonNode wanted) {
    if (current.isEmpty()) {
      wanted.forEach(address -> create(insertion(address, country)));
      return;
    }
    List<JsonNode> needless = addresses(current, before, wanted);
    ArrayNode kept = PartnerJson.JSON.createArrayNode();
    current.forEach(
        address -> kept.addAll(needless.contains(address) ? List.of() : List.of(address)));
    for (Channel channel : CHANNELS) {
      channel(channel, kept, channel.values(current), before, wanted);
    }
    needless.forEach(address -> api.delete(spoke, path(address), etag(address)));
  }

  /**
   * Leaves those that are to be deleted. What SAP was known to hold as it is wanted and holds no
   * more was changed there since: that is heard from SAP, and not undone.
   */
  private List<JsonNode> addresses(JsonNode current, JsonNode before, JsonNode wanted) {
    List<ObjectNode> outdated = new ArrayList<>();
    before.forEach(address -> outdated.add(PartnerJson.properties(address)));
    List<JsonNode> free = list(current);
    List<ObjectNode> missing = new ArrayList<>();
    for (JsonNode address : wanted) {
      ObjectNode properties = PartnerJson.properties(address);
      if (!properties.isEmpty()
          && !free.removeIf(holds(properties))
          && !outdated.contains(properties)) {
        missing.add(properties);
      }
    }
    JsonNode only = current.size() == 1 && before.isEmpty() ? current.get(0) : null;
    missing.forEach(address -> replaceOrCreate(address, outdated, free, only));
    if (!wanted.isEmpty() && list(wanted).stream().noneMatch(PartnerWrite::isPlace)) {
      free.stream().filter(address -> isStandardOf(before, address)).forEach(this::empty);
    }
    free.removeIf(address -> wanted.isEmpty() || !isNeedless(address, before));
    return free;
  }

  /**
   * One that the hub knew with all that is below it. SAP refuses to delete the standard address as
   * long as there are others.
   */
  private static boolean isNeedless(JsonNode address, JsonNode before) {
    return !isStandard(address)
        && list(before).stream().anyMatch(known -> isSamePlace(known, address))
        && CHANNELS.stream().allMatch(channel -> channel.knows(before, address));
  }

  private static boolean isStandard(JsonNode address) {
    return list(address.at("/to_AddressUsage/results")).stream()
        .anyMatch(usage -> usage.path("AddressUsage").asText().equals("XXDEFAULT"));
  }

  private static boolean isStandardOf(JsonNode before, JsonNode address) {
    return isStandard(address)
        && list(before).stream().anyMatch(known -> isPlace(known) && isSamePlace(known, address));
  }

  /** More than a country, with which an address carries e-mails and numbers alone. */
  private static boolean isPlace(JsonNode address) {
    return places(address).findAny().isPresent();
  }

  private static Stream<String> places(JsonNode address) {
    return PLACE.stream()
        .filter(field -> !field.equals("Country") && !address.path(field).asText("").isEmpty());
  }

  /** SAP keeps the standard address: what it says of a place is taken out of it. */
  private void empty(JsonNode address) {
    ObjectNode nothing = PartnerJson.JSON.createObjectNode();
    places(address).forEach(field -> nothing.put(field, ""));
    api.patch(spoke, path(address), nothing, etag(address));
  }

  private static boolean isSamePlace(JsonNode known, JsonNode held) {
    return PLACE.stream()
        .filter(field -> !field.equals("Country") || known.hasNonNull(field))
        .allMatch(field -> known.path(field).asText("").equals(held.path(field).asText("")));
  }

  /**
   * Changes the address that the wanted one replaces, if the hub knew it, or knew none and there is
   * only one; else adds it.
   */
  private void replaceOrCreate(
      ObjectNode address, List<ObjectNode> outdated, List<JsonNode> free, JsonNode only) {
    JsonNode replaced =
        free.stream()
            .filter(held -> outdated.stream().anyMatch(old -> holds(old).test(held)))
            .findFirst()
            .orElse(free.contains(only) ? only : null);
    if (replaced == null) {
      ObjectNode insertion = insertion(address, country);
      create(insertion);
      return;
    }
    free.remove(replaced);
    ObjectNode held = PartnerJson.JSON.createObjectNode();
    outdated.stream().filter(old -> holds(old).test(replaced)).findFirst().ifPresent(held::setAll);
    ObjectNode changes = PartnerJson.difference(held, address);
    changes.properties().removeIf(field -> field.getValue().equals(replaced.get(field.getKey())));
    if (!changes.isEmpty()) {
      api.patch(spoke, path(replaced), changes, etag(replaced));
    }
  }

  private void create(ObjectNode insertion) {
    api.post(spoke, PartnerApi.partner(number) + "/to_BusinessPartnerAddress", insertion);
  }

  /**
   * @param there what SAP holds, also below addresses that are to be deleted
   */
  private void channel(
      Channel channel, JsonNode current, List<String> there, JsonNode before, JsonNode wanted) {
    List<JsonNode> held = channel.children(current);
    List<String> known = channel.values(before);
    List<JsonNode> missing = new ArrayList<>();
    List<JsonNode> outdated = new ArrayList<>(held);
    for (JsonNode child : channel.children(wanted)) {
      JsonNode same = channel.same(outdated, child);
      if (same != null) {
        outdated.remove(same);
        prefer(channel, same, child);
      } else if (channel.keys(child).stream()
          .noneMatch(key -> known.contains(key) && !there.contains(key))) {
        missing.add(child);
      }
    }
    outdated.removeIf(child -> channel.keys(child).stream().noneMatch(known::contains));
    for (JsonNode child : missing) {
      if (outdated.isEmpty()) {
        String address = path(current.get(0)) + "/" + channel.navigation();
        api.post(spoke, address, PartnerJson.properties(child));
      } else {
        JsonNode replaced = outdated.remove(0);
        api.patch(spoke, path(replaced), channel.replacement(child, replaced), etag(replaced));
      }
    }
    outdated.forEach(child -> api.delete(spoke, path(child), etag(child)));
  }

  /** Makes an e-mail or number the default that is to be it and is not. */
  private void prefer(Channel channel, JsonNode held, JsonNode wanted) {
    boolean preferred = wanted.path(channel.preferred()).asBoolean();
    if (preferred && !held.path(channel.preferred()).asBoolean()) {
      ObjectNode flag = PartnerJson.JSON.createObjectNode().put(channel.preferred(), true);
      api.patch(spoke, path(held), flag, etag(held));
    }
  }

  private static String path(JsonNode entity) {
    String uri = entity.at("/__metadata/uri").asText();
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private static Predicate<JsonNode> holds(ObjectNode properties) {
    return held ->
        properties.properties().stream()
            .allMatch(
                field -> field.getValue().asText().equals(held.path(field.getKey()).asText()));
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
