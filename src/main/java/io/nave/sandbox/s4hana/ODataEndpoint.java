package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Navigation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Carries out single operations of the service; a caller commits or undoes their changes. */
final class ODataEndpoint {
  private final Partners partners;
  private final int pageSize;

  /**
   * @param pageSize how many entities a page has at most before {@code __next} takes over
   */
  ODataEndpoint(Partners partners, int pageSize) {
    this.partners = partners;
    this.pageSize = pageSize;
  }

  /**
   * @throws ODataFailure where the service refuses
   */
  ODataResponse handle(ODataRequest request, Change change) {
    if (request.path().isEmpty()) {
      return request.wantsJson()
          ? new ODataResponse(200).json(Metadata.serviceJson())
          : new ODataResponse(200)
              .xml(Metadata.serviceXml(request.service()), "application/atomsvc+xml");
    }
    if (request.path().equals("$metadata")) {
      return new ODataResponse(200).xml(Metadata.edmx(), "application/xml");
    }
    Target target = Target.resolve(partners, request.path());
    return switch (request.operation()) {
      case "GET", "HEAD" -> read(request, target);
      case "POST" -> create(request, target, change);
      case "PATCH", "PUT" -> update(request, target, change);
      case "DELETE" -> delete(request, target, change);
      default -> throw ODataFailure.notAllowed(request.method(), target.type().set);
    };
  }

  private ODataResponse read(ODataRequest request, Target target) {
    QueryOptions query = new QueryOptions(request.query());
    if (target.collection()) {
      return list(request, target, query);
    }
    Entity entity = target.entity();
    if (entity.etag().equals(request.header("if-none-match"))) {
      return new ODataResponse(304).header("etag", entity.etag());
    }
    Shape shape = Shape.of(target.type(), query);
    return entity(request, new ODataResponse(200), entity, shape);
  }

  private ODataResponse list(ODataRequest request, Target target, QueryOptions query) {
    Predicate<Entity> filter = Filter.parse(target.type(), query.get("$filter"));
    Collection<Entity> all = target.entities(partners);
    if (target.count()) {
      long count = all.stream().filter(filter).count();
      return new ODataResponse(200).text("text/plain;charset=utf-8", Long.toString(count));
    }
    int from = query.number("$skiptoken", query.number("$skip", 0));
    int top = query.number("$top", Integer.MAX_VALUE);
    int size = Math.min(top, pageSize);
    Stream<Entity> found = all.stream().filter(filter);
    Comparator<Entity> order = query.order(target.type());
    Stream<Entity> ordered = order == null ? found : found.sorted(order);
    List<Entity> page = ordered.skip(from).limit(size + 1L).toList();
    boolean more = page.size() > size && top > size;
    List<Entity> shown = page.size() > size ? page.subList(0, size) : page;
    int rest = top == Integer.MAX_VALUE ? top : top - size;
    String next =
        more ? request.service() + request.path() + "?" + query.next(from + size, rest) : null;
    String count = query.count() ? Long.toString(all.stream().filter(filter).count()) : null;
    return list(request, target, shown, count, next);
  }

  private ODataResponse list(
      ODataRequest request, Target target, List<Entity> shown, String count, String next) {
    Shape shape = Shape.of(target.type(), new QueryOptions(request.query()));
    ODataResponse response = new ODataResponse(200);
    if (request.wantsJson()) {
      return response.json(new JsonFormat(request.service()).list(shown, shape, count, next));
    }
    String xml = atom(request).list(target.type().set, shown, shape, count, next);
    return response.xml(xml, "application/atom+xml;type=feed;charset=utf-8");
  }

  private ODataResponse entity(
      ODataRequest request, ODataResponse response, Entity entity, Shape shape) {
    response.header("etag", entity.etag());
    return request.wantsJson()
        ? response.json(new JsonFormat(request.service()).entity(entity, shape))
        : response.xml(
            atom(request).entity(entity, shape), "application/atom+xml;type=entry;charset=utf-8");
  }

  private AtomFormat atom(ODataRequest request) {
    return new AtomFormat(request.service(), partners.now() + "Z");
  }

  private ODataResponse create(ODataRequest request, Target target, Change change) {
    if (!target.collection() || target.count()) {
      throw ODataFailure.notAllowed("POST", target.type().set);
    }
    Map<String, Object> json = Payload.parse(request);
    Entity parent = target.parent() == null ? parent(target.type(), json) : target.parent();
    Navigation by = target.by() == null ? navigation(target.type(), parent, json) : target.by();
    Entity created = partners.create(change, target.type(), parent, by, json);
    ODataResponse response =
        new ODataResponse(201).header("location", request.service() + created.path());
    return entity(request, response, created, Shape.inserted(created));
  }

  /** The parent of an entity that is posted to its set instead of to a navigation. */
  private Entity parent(EntityType type, Map<String, Object> json) {
    if (type == PartnerModel.PARTNER) {
      return null;
    }
    boolean ofAddress =
        type == PartnerModel.EMAIL || type == PartnerModel.PHONE || type == PartnerModel.USAGE;
    EntityType parents = ofAddress ? PartnerModel.ADDRESS : PartnerModel.PARTNER;
    String key = ofAddress ? "AddressID" : "BusinessPartner";
    Object wanted = json.get(key);
    return (ofAddress
            ? partners.list(parents).stream().filter(e -> e.text(key).equals(wanted)).findFirst()
            : java.util.Optional.ofNullable(
                partners.find(parents, Partners.partnerKey(String.valueOf(wanted)))))
        .orElseThrow(
            () -> ODataFailure.badRequest("R1/146", key + " " + wanted + " does not exist"));
  }

  private static Navigation navigation(EntityType type, Entity parent, Map<String, Object> json) {
    if (parent == null) {
      return null;
    }
    boolean mobile = List.of("2", "3").contains(String.valueOf(json.get("PhoneNumberType")));
    return parent.type.navigations.values().stream()
        .filter(navigation -> navigation.target().equals(type.set))
        .filter(navigation -> type != PartnerModel.PHONE || navigation.kind().equals("3") == mobile)
        .findFirst()
        .orElseThrow();
  }

  private ODataResponse update(ODataRequest request, Target target, Change change) {
    Entity entity = conditional(request, target);
    Map<String, Object> json = Payload.parse(request);
    boolean replace = request.operation().equals("PUT");
    boolean nothing = json.keySet().stream().allMatch(name -> name.equals("__metadata"));
    if (nothing && !replace) {
      throw new ODataFailure(
          501, "/IWFND/CM_MGW/096", "PATCH requests require components to be updated");
    }
    if (target.type().navigations.keySet().stream().anyMatch(json::containsKey)) {
      throw ODataFailure.badRequest(
          "/IWFND/CM_MGW/003", "Inline content is not supported when updating");
    }
    partners.update(change, entity, json, replace);
    return new ODataResponse(204);
  }

  private ODataResponse delete(ODataRequest request, Target target, Change change) {
    if (!target.type().deletable) {
      throw ODataFailure.notAllowed("DELETE", target.type().set);
    }
    partners.delete(change, conditional(request, target));
    return new ODataResponse(204);
  }

  private static Entity conditional(ODataRequest request, Target target) {
    if (target.collection()) {
      throw ODataFailure.notAllowed(request.operation(), target.type().set);
    }
    String match = request.header("if-match");
    String name = target.type().name;
    if (match == null) {
      throw new ODataFailure(
          428,
          "SADL_ENTITY_RUNTIME/004",
          "Precondition required for entity " + name + " (If-Match missing)");
    }
    if (!match.equals("*") && !match.equals(target.entity().etag())) {
      throw new ODataFailure(
          412, "SADL_ENTITY_RUNTIME/003", "Precondition failed for entity " + name);
    }
    return target.entity();
  }
}
