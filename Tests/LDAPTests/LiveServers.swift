import Testing

/// Runs the tests of a suite one after the other: the servers share the machine, and Kerberos its
/// environment.
@Suite(.serialized) enum LiveServers {}
