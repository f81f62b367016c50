package io.nave.sync;

import static io.nave.sync.ApplyObservationTest.WEDNESDAY;
import static io.nave.sync.ApplyObservationTest.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Observation;
import io.nave.sync.RecordsUnderWay.UnderWay;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordsUnderWayTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private static Observation report(String more) {
    return observation(
        WEDNESDAY, "\"customer\":{\"name\":{\"given\":\"Nia\",\"family\":\"Rees\"}" + more + "}");
  }

  private static UnderWay underWay(UUID customer, String more) {
    return new UnderWay("crm", customer, new Held(report(more).customer(), null, null));
  }

  private static List<UUID> found(Observation report, UnderWay... underWay) {
    return RecordsUnderWay.made(List.of(report), List.of(underWay)).stream()
        .map(made -> made.underWay().customer())
        .toList();
  }

  private static String mail(String address) {
    return ",\"emails\":[{\"value\":\"" + address + "\"}]";
  }

  @Test
  void aRecordThatHasAllThatIsBeingWrittenIsTheOneThatIsBeingCreated() {
    var creations =
        List.of(underWay(ONE, mail("nia@x.example")), underWay(OTHER, mail("n@x.example")));
    assertThat(found(report(mail("nia@x.example")), creations.get(0), creations.get(1)))
        .containsExactly(ONE);
    assertThat(found(report(mail("nia@x.example") + ",\"gender\":\"female\""), creations.get(0)))
        .containsExactly(ONE);
  }

  @Test
  void aRecordThatLacksSomethingIsAnother() {
    assertThat(found(report(""), underWay(ONE, mail("nia@x.example")))).isEmpty();
    assertThat(found(report(mail("other@x.example")), underWay(ONE, mail("nia@x.example"))))
        .isEmpty();
  }

  @Test
  void aRecordThatLooksLikeTwoIsTakenAsAnyOther() {
    var mail = mail("family@x.example");
    assertThat(found(report(mail), underWay(ONE, mail), underWay(OTHER, mail))).isEmpty();
  }

  @Test
  void aNameAloneTellsNobodyApart() {
    assertThat(found(report(""), underWay(ONE, ""))).isEmpty();
  }

  @Test
  void anotherSpokesCreationIsNotMeant() {
    var mail = mail("nia@x.example");
    var esp = new UnderWay("esp", ONE, new Held(report(mail).customer(), null, null));
    assertThat(found(report(mail), esp)).isEmpty();
  }
}
