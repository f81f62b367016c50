package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibm.icu.util.ULocale;
import io.nave.centre.PageView.FieldView;
import io.nave.centre.PageView.OptionView;
import io.nave.centre.PageView.WishView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows profile and wishes, with what she has typed where it is shown again. */
final class ShowFields {
  private static final Map<String, String> AUTOCOMPLETE =
      Map.of(
          "given", "given-name",
          "family", "family-name",
          "email", "email",
          "phone", "tel",
          "street", "street-address",
          "city", "address-level2",
          "region", "address-level1",
          "postalCode", "postal-code",
          "country", "country");
  private static final Map<String, String> TYPES = Map.of("email", "email", "phone", "tel");
  private static final String TEXT = "text";

  private final Visit visit;
  private final Form form;
  private final Map<String, String> errors;
  private final Wording w;

  ShowFields(Visit visit, Form form, Map<String, String> errors) {
    this.visit = visit;
    this.form = form;
    this.errors = errors;
    this.w = visit.wording();
  }

  List<FieldView> profile() {
    var shown = ProfileForm.shown(visit.golden());
    return ProfileForm.FIELDS.stream()
        .map(
            name ->
                field(
                    ProfileForm.field(name),
                    w.say("profile." + name),
                    shown.get(name),
                    name.equals("country") ? "country" : TYPES.getOrDefault(name, TEXT),
                    AUTOCOMPLETE.get(name)))
        .toList();
  }

  List<OptionView> countries() {
    var chosen =
        value(ProfileForm.field("country"), ProfileForm.shown(visit.golden()).get("country"));
    var options = new ArrayList<OptionView>();
    var collator = com.ibm.icu.text.Collator.getInstance(w.locale());
    for (var code : Locale.getISOCountries()) {
      var name = ULocale.getDisplayCountry("und-" + code, w.locale());
      options.add(new OptionView(code, name, code.equals(chosen)));
    }
    options.sort((a, b) -> collator.compare(a.title(), b.title()));
    options.add(0, new OptionView("", w.say("profile.country.none"), chosen.isEmpty()));
    return options;
  }

  List<WishView> wishes(Wishes wishes, Collection<Wording> languages) {
    return wishes.all().stream().map(one -> wish(one, languages)).toList();
  }

  private WishView wish(Preferable one, Collection<Wording> languages) {
    var known = known(one);
    var was = PreferenceForm.shown(one, known);
    return new WishView(
        one.field(),
        one.kind().name(),
        w.title(one.title(), one.name()),
        w.title(one.hint(), null),
        was(one.field(), was),
        options(one, chosen(one, was), languages),
        hour(one, PreferenceForm.FROM, "from", known),
        hour(one, PreferenceForm.TO, "to", known),
        error(one.field()));
  }

  /** The language of the record counts as a wish, where there is no other. */
  private JsonNode known(Preferable one) {
    var known = visit.preference(one.name());
    boolean unsaid = known.isMissingNode() || known.isNull();
    return unsaid && one.kind() == Preferable.Kind.language
        ? visit.golden().path("language")
        : known;
  }

  private List<String> chosen(Preferable one, String was) {
    return form != null && form.shown(one.field())
        ? form.all(one.field())
        : was.isEmpty() ? List.of() : Arrays.asList(was.split(","));
  }

  private List<OptionView> options(
      Preferable one, List<String> chosen, Collection<Wording> languages) {
    var options = new ArrayList<OptionView>();
    if (one.kind() == Preferable.Kind.choice || one.kind() == Preferable.Kind.language) {
      options.add(new OptionView("", w.say("preferences.none"), chosen.isEmpty()));
    }
    for (var choice : one.choices()) {
      var title = w.title(choice.title(), choice.name());
      options.add(new OptionView(choice.name(), title, chosen.contains(choice.name())));
    }
    if (one.kind() == Preferable.Kind.language) {
      languages.forEach(
          l -> options.add(new OptionView(l.code(), l.name(), chosen.contains(l.code()))));
    }
    chosen.stream()
        .filter(value -> options.stream().noneMatch(o -> o.value().equals(value)))
        .forEach(value -> options.add(new OptionView(value, value, true)));
    return options;
  }

  private FieldView hour(Preferable one, String end, String part, JsonNode known) {
    return one.kind() == Preferable.Kind.hours
        ? field(
            one.field() + end,
            w.say("preferences." + part),
            known.path(part).asText(),
            "time",
            "off")
        : null;
  }

  private FieldView field(
      String field, String title, String known, String type, String autocomplete) {
    return new FieldView(
        field, title, value(field, known), was(field, known), type, autocomplete, error(field));
  }

  private String value(String field, String known) {
    return form != null && form.shown(field) ? form.text(field) : known;
  }

  private String was(String field, String known) {
    return form != null && form.shown(field) ? form.was(field) : known;
  }

  private String error(String field) {
    var error = errors.get(field);
    return error == null ? null : w.say(error);
  }
}
