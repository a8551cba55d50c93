import Directory

/// Where a value comes from that another is compared with, or becomes.
public enum ValueSource: Sendable {
  /// The first value of an attribute.
  case attribute(AttributeID)
  /// The body of the primary SMTP address.
  case primarySMTP
}
