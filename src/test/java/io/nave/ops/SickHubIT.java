package io.nave.ops;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A hub whose database or Kafka is away is not ready, and is not restarted for it. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(
    value = EmbeddedServices.class,
    initArgs = {},
    restrictToAnnotatedClass = true)
class SickHubIT {
  EmbeddedServices services;

  private static void awaitReady(int status, String kafka, String database) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(status)
                    .body(check("Kafka connection health check"), equalTo(kafka))
                    .body(check("Database connections health check"), equalTo(database)));
  }

  private static String check(String name) {
    return "checks.find { it.name == '" + name + "' }.status";
  }

  private static void alive() {
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/started").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void isNotReadyButAliveWithoutKafkaAndWithoutTheDatabase() {
    awaitReady(200, "UP", "UP");
    alive();
    services.stopKafka();
    awaitReady(503, "DOWN", "UP");
    alive();
    services.stopPostgres();
    awaitReady(503, "DOWN", "DOWN");
    alive();
  }
}
