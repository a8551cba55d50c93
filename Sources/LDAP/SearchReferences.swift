/// Tells references that matter from those that do not.
struct SearchReferences {
  /// The server that sent them.
  var server: ServerDescription
  /// What other sources of the run read.
  var readElsewhere: SubtreeSet

  /// What the reference with `urls` is; they all name the same place.
  func classify(_ urls: [String]) -> LDAPScanResult.Reference? {
    guard let url = urls.first else { return nil }
    let dn = (try? LDAPURL(url))?.base
    return LDAPScanResult.Reference(url: url, dn: dn, kind: kind(dn))
  }

  /// A domain's scan is referred to the partitions below it. Configuration, schema and the DNS
  /// zones hold no objects of people; anything else, child domains above all, does.
  private func kind(_ dn: String?) -> LDAPScanResult.Reference.Kind {
    guard let dn else { return .missing }
    let partitions = [server.configurationNamingContext, server.schemaNamingContext]
    if SubtreeSet(partitions.compactMap(\.self)).isTop(dn) { return .immaterial }
    let lowered = dn.lowercased()
    let zones = ["dc=forestdnszones,", "dc=domaindnszones,"]
    if zones.contains(where: lowered.hasPrefix) { return .immaterial }
    if server.kind != .other, lowered.hasPrefix("cn=configuration,dc=") { return .immaterial }
    return readElsewhere.isTop(dn) ? .readElsewhere : .missing
  }
}
