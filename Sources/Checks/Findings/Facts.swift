import Bytes
import Directory
import Findings
import Rules
import Sync

/// Fills the placeholders of a rule's texts for one finding.
struct Facts {
  let builder: FindingBuilder
  let rule: CompiledRule
  let attribute: AttributeID
  let value: ByteView?
  /// The value as the rule sees it.
  let split: ScannedValue?
  let explanation: Explanation

  /// The placeholders that only a check can fill.
  static let ofChecks: Set<Template.Placeholder> = [
    .characters, .position, .limit, .reason, .other, .others,
  ]

  /// `template` with its placeholders filled.
  func render(_ template: Template) -> String {
    if case .text(let only)? = template.pieces.first, template.pieces.count == 1 { return only }
    var text = OutputBuffer(capacity: 160)
    for piece in template.pieces {
      switch piece {
      case .text(let literal): text.append(utf8: literal)
      case .placeholder(let placeholder): append(placeholder, to: &text)
      }
    }
    return text.withByteView(\.string)
  }

  /// What the finding has in common with others of its rule, where the rule says what that is.
  var cause: Cause? {
    guard let kind = rule.rule.cause?.kind else { return nil }
    let value: String? =
      switch kind {
      case .suffix, .domain: domain.isEmpty ? nil : domain.string.lowercased()
      case .character: explanation.facts[.characters]
      case .type: type.string.lowercased()
      case .group: address.string.lowercased()
      case .length: explanation.facts[.limit]
      case .rule: ""
      }
    return value.map { Cause(kind: kind, value: $0) }
  }

  /// The value without a type.
  private var address: ByteView { split?.body ?? value ?? .empty }

  private func append(_ placeholder: Template.Placeholder, to text: inout OutputBuffer) {
    if let known = explanation.facts[placeholder] { return text.append(utf8: known) }
    let view = builder.evaluator.view
    switch placeholder {
    case .value: text.append(value ?? .empty)
    case .attribute: text.append(utf8: builder.name(attribute))
    case .dn: text.append(view.entry.dn)
    case .class: text.append(utf8: className)
    case .part: text.append(split?.part(rule.rule.part) ?? value ?? .empty)
    case .domain: text.append(domain)
    case .suffix: text.append(domain[Domain.lastLabel(of: domain)])
    case .type: text.append(type)
    case .length:
      if let value { text.append(decimal: UnicodeText.utf16Count(value)) }
    case .count:
      text.append(
        decimal: attribute == CompiledRule.dnAttribute ? 1 : view.entry.count(attribute))
    case .predictedUPN: text.append(SignInName(view).predictedName)
    case .characters, .position, .limit, .reason, .other, .others: break
    }
  }

  /// The domain without the white space after it; empty where there is none.
  private var domain: ByteView {
    guard let split, split.at >= 0 else { return .empty }
    return split.domainPart
  }

  private var className: String {
    builder.evaluator.ruleSet.sync.classifier.classify(builder.evaluator.entry, in: .ldap).name
  }

  /// The type of a proxy address without the colon.
  private var type: ByteView {
    guard let split, split.value.count > split.body.count else { return .empty }
    return split.value.upTo(split.value.count - split.body.count - 1)
  }
}
