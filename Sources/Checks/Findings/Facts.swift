import Bytes
import Directory
import RulePacks

/// Fills the placeholders of a rule's texts for one finding.
struct Facts {
  let builder: FindingBuilder
  let rule: CompiledRule
  let attribute: AttributeID
  let value: ByteView?
  let explanation: Explanation

  /// `template` with its placeholders filled.
  func render(_ template: Template) -> String {
    if case .text(let only)? = template.pieces.first, template.pieces.count == 1 { return only }
    var text = ""
    // Growing piece by piece would copy it again and again.
    text.reserveCapacity(160)
    for piece in template.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .placeholder(let placeholder): text += fill(placeholder)
      }
    }
    return text
  }

  private func fill(_ placeholder: Template.Placeholder) -> String {
    if let known = explanation.facts[placeholder] { return known }
    let judge = builder.judge
    switch placeholder {
    case .value: return value?.string ?? ""
    case .attribute: return builder.name(attribute)
    case .dn: return judge.entry.dn.string
    case .class: return className
    case .part: return split?.part(rule.rule.part)?.string ?? value?.string ?? ""
    case .domain: return domain.string
    case .suffix: return suffix
    case .type: return type
    case .length: return value.map { String(UnicodeText.utf16Count($0)) } ?? ""
    case .count:
      return String(attribute == CompiledRule.dnAttribute ? 1 : judge.entry.count(attribute))
    case .predictedUPN: return UPNPrediction(judge: judge).name
    case .characters, .position, .limit, .reason, .other, .others: return ""
    }
  }

  private var split: CheckedValue? { value.map { builder.split(attribute, $0) } }

  /// The domain without the white space after it; empty where there is none.
  private var domain: ByteView {
    guard let split, split.at >= 0 else { return .empty }
    return split.domainPart
  }

  private var className: String {
    builder.judge.ruleSet.classifier.classify(builder.judge.entry, in: .ldap).name
  }

  /// The domain's last label.
  private var suffix: String {
    let domain = domain
    return domain[Domain.lastLabel(of: domain)].string
  }

  private var type: String {
    guard let split, split.value.count > split.body.count else { return "" }
    return split.value.upTo(split.value.count - split.body.count - 1).string
  }
}
