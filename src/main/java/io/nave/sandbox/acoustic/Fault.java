package io.nave.sandbox.acoustic;

/** A refusal in the vendor's shape: an error id and words, sent with HTTP 200. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final int SERVER_ERROR = 50;
  static final int INVALID_XML = 51;
  static final int MISSING_PARAMETER = 52;
  static final int INVALID_LIST = 106;
  static final int NO_EMAIL = 121;
  static final int ALREADY_EXISTS = 122;
  static final int DOES_NOT_EXIST = 123;
  static final int INVALID_RECIPIENT = 124;
  static final int NOT_A_MEMBER = 128;
  static final int OPTED_OUT = 129;
  static final int SESSION_INVALID = 145;
  static final int NO_SUCH_COLUMN = 314;
  final int id;

  Fault(int id, String message) {
    super(message, null, false, false);
    this.id = id;
  }
}
