/// What people, places and domains are called.
enum Names {
  static let given = bytes([
    "Anna", "Ben", "Carla", "David", "Emma", "Felix", "Grace", "Henry", "Ines", "Jonas", "Karin",
    "Liam", "Maria", "Noah", "Olivia", "Paul", "Quentin", "Rosa", "Simon", "Tara", "Ursula",
    "Victor", "Wendy", "Xavier", "Yara", "Zoe", "Alexander", "Christopher", "Elizabeth",
    "Katherine", "Sebastian", "Charlotte",
  ])
  static let family = bytes([
    "Adams", "Baker", "Carter", "Dawson", "Evans", "Fischer", "Garcia", "Hoffmann", "Ivanov",
    "Johnson", "Keller", "Larsen", "Martin", "Novak", "Olsen", "Petrov", "Quinn", "Rossi",
    "Schmidt", "Taylor", "Underwood", "Vargas", "Wagner", "Xu", "Young", "Zimmermann",
    "OBrien", "van Dijk", "Montgomery", "Featherstone", "Richardson", "Papadopoulos",
  ])
  static let givenNonASCII = bytes([
    "Jürgen", "Zoë", "André", "Łukasz", "Søren", "Иван", "François", "Γιώργος", "太郎", "Nuño",
  ])
  static let familyNonASCII = bytes([
    "Müller", "Groß", "Kowalczyk-Żak", "Øverland", "Петров", "Núñez", "Παπαδόπουλος", "山田",
    "Dvořák", "Çelik",
  ])
  static let places = bytes([
    "Amsterdam", "Berlin", "Chicago", "Dublin", "Edinburgh", "Frankfurt", "Geneva", "Hamburg",
    "Istanbul", "Johannesburg", "Krakow", "London", "Madrid", "New York", "Oslo", "Paris",
  ])
  static let domains = bytes([
    "contoso.com", "fabrikam.com", "adatum.com", "northwind.com", "eu.contoso.com", "litware.net",
    "tailspin.co.uk", "woodgrove.org",
  ])

  private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
}
