"""The people of the messy forest: names of five countries, and how their offices spell them in ASCII."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Country:
    """Where a part of the staff works."""

    given: list[str]
    family: list[str]
    domain: str
    office: str
    share: int
    family_first: bool = False


COUNTRIES = [
    Country(
        "Jürgen Günther Käthe Björn Sören Anja Uwe Heike Jörg Max Petra Torsten Anna-Lena Karl-Heinz Grete "
        "Özlem Änne Rüdiger".split(),
        "Müller;Schäfer;Größmann;Weiß;Köhler;Schröder;Meyer-Lüdenscheid;Krüger;Vogt;Becker;Hoffmann;Jäger;"
        "Böhm;Winkler;von der Heide;Strauß".split(";"),
        "nordwind.de", "Hamburg", 60),
    Country(
        "Łukasz Małgorzata Paweł Zbigniew Agnieszka Wojciech Michał Jadwiga Świętosława Grażyna".split(),
        "Wiśniewski Łętowski Żółkiewski Gąsienica Nowak Kowalczyk Brzęczyszczykiewicz Dąbrowska Zając".split(),
        "nordwind.pl", "Wrocław", 15),
    Country(
        "İbrahim Işıl Çağlar Gülşen Ömer Şule Tuğba Uğur".split(),
        "Yıldırım Öztürk Çelik Şahin Kılıç Aydın Doğan Güneş".split(),
        "nordwind.com.tr", "İzmir", 10),
    Country(
        "Jiří Ondřej Zdeňka Věra Břetislav Tomáš Lenka".split(),
        "Dvořák Růžička Černý Němcová Příhoda Novák Šťastný".split(),
        "nordwind.cz", "Brno", 10),
    Country(
        "伟=Wei 芳=Fang 敏=Min 磊=Lei 秀英=Xiuying".split(),
        "王=Wang 李=Li 张=Zhang 吕=Lü 欧阳=Ouyang".split(),
        "nordwind.cn", "上海", 5, family_first=True),
]

_SPELLED = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ń": "n", "ś": "s", "ź": "z", "ż": "z", "ć": "c",
    "ą": "a", "ę": "e", "ó": "o", "ı": "i", "ç": "c", "ğ": "g", "ş": "s", "ř": "r", "š": "s", "ž": "z",
    "ý": "y", "á": "a", "í": "i", "é": "e", "ě": "e", "č": "c", "ď": "d", "ť": "t", "ň": "n", "ú": "u",
    "ů": "u", "İ": "I",
}
_TABLE = {ord(letter): text for letter, text in _SPELLED.items()}
_TABLE |= {
    ord(letter.upper()): text.capitalize()
    for letter, text in _SPELLED.items()
    if len(letter.upper()) == 1 and letter.upper() not in _SPELLED and letter not in "ßı"
}


def spelled(text):
    """`text` in ASCII, as a name for signing in is made of it."""
    return "".join(
        character for character in text.translate(_TABLE) if character.isascii() and character not in " '")


def native(name):
    """The name in its own script."""
    return name.split("=")[0]


def latin(name):
    """The name in Latin letters."""
    return name.split("=")[-1]
