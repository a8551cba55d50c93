/// The countries of the messy forest: what its people are called, and where they sit.
struct Country: Sendable {
  /// In how many of a hundred persons.
  let share: Int
  let given: [String]
  let family: [String]
  /// How the given and family names are written in ASCII, where no letter stands for a letter.
  var latinGiven: [String] = []
  var latinFamily: [String] = []
  let domain: String
  let city: String
  /// Whether a display name is "Family, Given".
  var isFamilyFirst = false

  static let all = [
    Country(
      share: 60,
      given: words(
        "Jürgen Günther Käthe Björn Sören Anja Uwe Heike Jörg Max Petra Torsten Anna-Lena "
          + "Karl-Heinz Grete Özlem"),
      family: words(
        "Müller Schäfer Größmann Weiß Köhler Schröder Meyer-Lüdenscheid Krüger Vogt Becker "
          + "Hoffmann Jäger Böhm Winkler") + ["von der Heide"],
      domain: "nordwind.de", city: "Hamburg", isFamilyFirst: true),
    Country(
      share: 15,
      given: words(
        "Łukasz Małgorzata Paweł Zbigniew Agnieszka Wojciech Michał Jadwiga Świętosława"),
      family: words(
        "Wiśniewski Łętowski Żółkiewski Gąsienica Nowak Kowalczyk Brzęczyszczykiewicz Dąbrowska "
          + "Zając"),
      domain: "nordwind.pl", city: "Wrocław"),
    Country(
      share: 10, given: words("İbrahim Işıl Çağlar Gülşen Ömer Şule Tuğba Uğur"),
      family: words("Yıldırım Öztürk Çelik Şahin Kılıç Aydın Doğan Güneş"),
      domain: "nordwind.com.tr", city: "İzmir"),
    Country(
      share: 5, given: words("伟 芳 敏 磊 秀英"), family: words("王 李 张 吕 欧阳"),
      latinGiven: words("Wei Fang Min Lei Xiuying"), latinFamily: words("Wang Li Zhang Lü Ouyang"),
      domain: "nordwind.cn", city: "上海"),
    Country(
      share: 10, given: words("Jiří Ondřej Zdeňka Věra Břetislav Tomáš Lenka"),
      family: words("Dvořák Růžička Černý Němcová Příhoda Novák Šťastný"),
      domain: "nordwind.cz", city: "Brno"),
  ]

  static func draw(_ random: inout SplitMix) -> Country {
    var rest = random.below(100)
    for country in all {
      if rest < country.share { return country }
      rest -= country.share
    }
    return all[0]
  }

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}

/// Spelling in ASCII, as people do it who make accounts.
enum Latin {
  private static let letters: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ł": "l", "Ł": "L",
    "ń": "n", "ś": "s", "ź": "z", "ż": "z", "ć": "c", "ą": "a", "ę": "e", "ó": "o", "İ": "I",
    "ı": "i", "ç": "c", "ğ": "g", "ş": "s", "Ç": "C", "Ğ": "G", "Ş": "S", "Ś": "S", "Ż": "Z",
    "Ź": "Z", "ř": "r", "š": "s", "ž": "z", "ý": "y", "á": "a", "í": "i", "é": "e", "ě": "e",
    "č": "c", "ď": "d", "ť": "t", "ň": "n", "ú": "u", "ů": "u", "Ř": "R", "Š": "S", "Č": "C",
    "Ť": "T", "Ď": "D", "É": "E", "'": "", " ": "",
  ]

  static func spelled(_ text: String) -> String {
    var result = ""
    for letter in text {
      if let spelling = letters[letter] { result += spelling } else { result.append(letter) }
    }
    return result
  }
}
