"""Writes a middle-sized company's Active Directory as one finds it, with the dirt that people make.

The same bytes for the same arguments, on every machine and with every Python: the dice are its own.
All names are invented. With `--guids` objects have objectGUID and objectSid, as a domain controller
would have given them; `--linked` writes a second forest with a linked mailbox for every fifth person.
"""

import argparse
import base64
import hashlib
import io
import struct
import sys

import names

DOMAIN = "corp.nordwind.local"
BASE = "DC=corp,DC=nordwind,DC=local"
EXCHANGE_BASE = "DC=exch,DC=nordwind,DC=local"
CLOUD = "nordwind.mail.onmicrosoft.com"
DEPARTMENTS = [
    "Vertrieb", "Einkauf", "IT", "Lager & Versand", "Geschäftsführung", "F&E", "人事部", "Księgowość"]

NORMAL, DISABLED, NEVER_EXPIRES = 512, 514, 66048
USER, LINKED, SHARED, ROOM, REMOTE = 1, 2, 4, 16, 2147483648


class Dice:
    """SplitMix64, so that nothing depends on Python's own generator."""

    def __init__(self, seed):
        self.state = seed

    def number(self, below):
        """A number from 0 to below - 1."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        mixed = self.state
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        return (mixed ^ mixed >> 31) % below

    def percent(self, share):
        """Whether something of `share` % happens."""
        return self.number(1000) < share * 10

    def one(self, items):
        """One of `items`."""
        return items[self.number(len(items))]

    def weighted(self, items, weights):
        """One of `items`, each as often as its weight."""
        point = self.number(sum(weights))
        for item, weight in zip(items, weights):
            if point < weight:
                return item
            point -= weight


class Forest:
    """What has been written, so that no two objects have the same name."""

    def __init__(self, out, with_guids):
        self.out = out
        self.with_guids = with_guids
        self.names = set()
        self.logon_names = set()
        self.relative = 1104
        self.sids = {}

    def add(self, name, parent, classes, attributes, kind="CN"):
        """Writes an object, under another name when there is one of that name; its DN comes back."""
        free, number = name, 1
        while (dn := f"{kind}={escaped(free)},{parent}").lower() in self.names:
            number += 1
            free = f"{name} {number}"
        self.names.add(dn.lower())
        lines = [("dn", dn)] + [("objectClass", each) for each in ["top", *classes]]
        if self.with_guids:
            lines += self.identity(dn, classes)
        lines += attributes
        self.out.write("".join(line(*each) for each in lines) + "\n")
        return dn

    def identity(self, dn, classes):
        """objectGUID, and objectSid for what can be granted a right."""
        lines = [("objectGUID", hashlib.sha256(dn.encode()).digest()[:16])]
        if classes[-1] in ("user", "group"):
            self.relative += 1
            parts = (21, 1004336348, 1177238915, 682003330, self.relative)
            self.sids[dn] = bytes([1, 5, 0, 0, 0, 0, 0, 5]) + struct.pack("<5I", *parts)
            lines.append(("objectSid", self.sids[dn]))
        return lines

    def logon_name(self, wanted):
        """`wanted` in 20 characters that nobody else has."""
        name, number = wanted[:20].rstrip("."), 0
        while name.lower() in self.logon_names:
            number += 1
            name = wanted[: 20 - len(str(number))] + str(number)
        self.logon_names.add(name.lower())
        return name


def escaped(name):
    """`name` as a value of a DN (RFC 4514)."""
    return "".join("\\" + character if character in ',+"\\<>;=#' else character for character in name)


def line(name, value):
    """A line of LDIF, in Base64 where it has to be."""
    raw = value if isinstance(value, bytes) else str(value).encode()
    is_plain = (
        isinstance(value, (str, int)) and raw != b"" and raw[:1] not in b" :<" and raw[-1:] != b" "
        and all(0x20 <= byte < 0x7F for byte in raw))
    return f"{name}: {raw.decode()}\n" if is_plain else f"{name}:: {base64.b64encode(raw).decode()}\n"


class Person:
    """A member of the staff, in order until something befalls it."""

    def __init__(self, number, forest, dice, taken):
        country = dice.weighted(names.COUNTRIES, [each.share for each in names.COUNTRIES])
        given, family = dice.one(country.given), dice.one(country.family)
        self.number, self.country, self.dice = number, country, dice
        self.given, self.family = names.native(given), names.native(family)
        self.display = (
            self.family + self.given if country.family_first
            else f"{self.family}, {self.given}" if country.domain == "nordwind.de"
            else f"{self.given} {self.family}")
        local = f"{names.spelled(names.latin(given))}.{names.spelled(names.latin(family))}"
        if not dice.percent(10):
            local = local.lower()
        count = taken[local.lower()] = taken.get(local.lower(), 0) + 1
        self.local = local if count == 1 else f"{local}{count}"
        self.logon = forest.logon_name((local[0] + local.split(".")[-1])[:16])
        self.mail = f"{self.local}@{country.domain}"
        self.upn = (
            f"{self.logon.lower()}@{DOMAIN}" if dice.percent(35)
            else self.mail if dice.percent(80) else f"{self.logon.lower()}@{country.domain}")
        self.nickname = self.local
        self.proxies = self.usual_proxies()
        self.control, self.place = NORMAL, country.office
        self.more = []
        self.mailbox()

    def usual_proxies(self):
        """The primary address and what policies and migrations have added."""
        dice = self.dice
        proxies = [f"SMTP:{self.mail}"]
        if dice.percent(70):
            proxies.append(f"smtp:{self.logon}@{DOMAIN}")
        if dice.percent(40):
            proxies.append(f"smtp:{self.local}@{CLOUD}")
        if dice.percent(50):
            proxies.append(
                "X500:/o=Nordwind/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn="
                + self.logon)
        if dice.percent(5):
            proxies.append(f"X400:C=DE;A= ;P=NORDWIND;O=Exchange;S={names.spelled(self.family)};")
        if dice.percent(4):
            proxies.append(f"sip:{self.mail}")
        if dice.percent(3):
            proxies.append(f"EUM:{1000 + self.number};phone-context=Default.{DOMAIN}")
        return proxies

    def mailbox(self):
        """Where mail goes: here, to the cloud, outside, nowhere."""
        kind = self.dice.weighted(("here", "cloud", "nowhere", "outside"), (55, 25, 12, 8))
        if kind == "here":
            self.more += [("homeMDB", database(self.dice.number(3))), ("msExchRecipientTypeDetails", USER)]
        elif kind == "cloud":
            self.target = f"SMTP:{self.local}@{CLOUD}"
            self.more += [("targetAddress", self.target), ("msExchRecipientTypeDetails", REMOTE)]
            self.proxies.append(f"smtp:{self.local}@{CLOUD}")
        elif kind == "nowhere":
            self.proxies, self.nickname = [], None
            self.mail = self.mail if self.dice.percent(33) else None
        else:
            self.proxies, self.nickname = [], None
            self.mail = f"{self.local.lower()}{self.number}@gmail.com"
            self.upn = f"ext-{self.logon.lower()}@{DOMAIN}"
        self.kind = kind

    def write(self, forest, units, used):
        """Writes the person, whose sign-in name nobody else has."""
        while self.upn.lower() in used:
            self.upn = self.upn.replace("@", "1@", 1) if "@" in self.upn else self.upn + "1"
        used.add(self.upn.lower())
        attributes = [
            ("sAMAccountName", self.logon), ("userPrincipalName", self.upn),
            *([("mail", self.mail)] if self.mail is not None else []),
            *(("proxyAddresses", each) for each in dict.fromkeys(self.proxies)),
            ("userAccountControl", self.control), ("displayName", self.display),
            ("givenName", self.given), ("sn", self.family),
            *([("mailNickname", self.nickname)] if self.nickname else []),
            ("l", self.country.office), ("company", "Nordwind Logistik AG"),
            ("department", self.dice.one(DEPARTMENTS)),
            ("telephoneNumber", f"+49 40 12345-{self.number}"), *self.more]
        return forest.add(
            self.display, units[self.place], ["person", "organizationalPerson", "user"], attributes)


def database(number):
    """The DN of a mailbox database."""
    return f"CN=MDB-{('HH', 'WRO', 'IZM')[number]}-01,CN=Configuration,{BASE}"


# What befalls people: how often in ten thousand, and what it is.
def _upn(person, name):
    person.upn = name


def _mail(person, change):
    person.mail = person.mail and change(person.mail)


def _alias(person, alias):
    person.proxies.append(alias)


DIRT = [
    (50, lambda p, _: _upn(p, f"{p.given}.{p.family}@{p.country.domain}".replace(" ", ""))),
    (30, lambda p, _: (_mail(p, lambda _: f"{p.given}.{p.family}@{p.country.domain}".replace(" ", "")),
                       setattr(p, "proxies", [f"SMTP:{p.mail}", *p.proxies[1:]]) if p.mail else None)),
    (20, lambda p, _: _mail(p, lambda mail: mail + " ")),
    (20, lambda p, _: _mail(p, lambda mail: mail.replace("@", "@ "))),
    (20, lambda p, _: _alias(p, f"smtp:{p.local}@nordwind,de")),
    (20, lambda p, _: _alias(p, f"smtp:{p.local}@nordwind..de")),
    (20, lambda p, _: _alias(p, f"{p.local}@nordwind.de")),
    (10, lambda p, _: _alias(p, f"smtp:{p.local}@nordwind.de; {p.logon}@nordwind.de")),
    (20, lambda p, _: setattr(p, "mail", "n/a")),
    (20, lambda p, _: setattr(p, "mail", "-")),
    (20, lambda p, _: _alias(p, f"SMTP:{p.logon}@nordwind.com")),
    (20, lambda p, _: setattr(p, "proxies", [each.replace("SMTP:", "smtp:") for each in p.proxies])),
    (80, lambda p, others: _alias(p, f"smtp:{p.dice.one(others)}")),
    (30, lambda p, others: setattr(p, "mail", p.dice.one(others))),
    (20, lambda p, _: _alias(p, f"smtp:mailto:{p.local}@nordwind.de")),
    (20, lambda p, _: setattr(p, "display", p.display + " ")),
    (10, lambda p, _: setattr(p, "display", p.display.replace(" ", "\t", 1))),
    (20, lambda p, _: setattr(p, "nickname", f"{p.given} {p.family}")),
    (20, lambda p, _: setattr(p, "nickname", f"SMTP:{p.local}")),
    (20, lambda p, _: _upn(p, f"{p.local}@nordwind")),
    (10, lambda p, _: _upn(p, p.local)),
    (10, lambda p, _: _upn(p, f"{p.local}.@{p.country.domain}")),
    (20, lambda p, _: _upn(p, f"{p.local}@nordwind-alt.de")),
    (20, lambda p, _: _alias(p, f"smtp:{p.local}@nordwind-alt.de")),
    (20, lambda p, _: None if p.kind == "cloud" else
        p.more.append(("targetAddress", f"SMTP:{p.local}@{DOMAIN}"))),
    (20, lambda p, _: p.more.append(("c", "DEU"))),
    (10, lambda p, _: p.more.append(("c", "UK"))),
    (10, lambda p, _: _alias(p, f"smtp:{p.local}@nordwind.de\u200b")),
    (10, lambda p, _: _upn(p, p.upn.replace("@", "\u00a0@"))),
    (10, lambda p, _: _alias(p, f'smtp:"{p.given} {p.family}"@nordwind.de')),
    (10, lambda p, _: _alias(p, f"smtp:<{p.local}@nordwind.de>")),
    (10, lambda p, _: _upn(p, f"{p.given[:1]}@{p.country.domain}")),
    (10, lambda p, _: _alias(p, f"smtp:{p.local}@xn--mller-kva.de")),
    (10, lambda p, _: _alias(p, f"smtp:{p.local}@müller-spedition.de")),
    (10, lambda p, _: _upn(p, f"{p.local}'o@{p.country.domain}")),
    (10, lambda p, _: p.proxies.extend([f"SIP:{p.local}@nordwind.de", f"sip:x{p.local}@nordwind.de"])),
    (10, lambda p, _: p.proxies.extend(
        f"smtp:{p.local}{number}@nordwind.de" for number in range(p.dice.one([120, 310, 405])))),
    (10, lambda p, _: _upn(p, f"NORDWIND\\{p.logon}@{p.country.domain}")),
    (10, lambda p, _: _alias(p, f" smtp:{p.local}.alt@nordwind.de")),
]


def befall(person, others):
    """Lets one thing happen to a person, or nothing; some have left."""
    point = person.dice.number(10_000)
    for share, change in DIRT:
        if point < share:
            if others:
                change(person, others)
            break
        point -= share
    if person.dice.percent(6):
        person.place, person.control = "Leavers", DISABLED
        person.display = "zz_" + person.display


def staff(forest, units, dice, count):
    """The people, with their DNs, and their primary addresses come back."""
    taken, used, people, primaries = {}, set(), [], []
    for number in range(count):
        person = Person(number, forest, dice, taken)
        befall(person, primaries)
        people.append((person, person.write(forest, units, used)))
        if person.proxies and person.proxies[0].startswith("SMTP:"):
            primaries.append(person.proxies[0][5:])
    return people, primaries


PERSON = ["person", "organizationalPerson", "user"]


def mailboxes(forest, units, dice, count):
    """Shared mailboxes and rooms, which nobody signs in to."""
    def add(name, alias, unit, kind, nickname):
        forest.add(name, units[unit], PERSON, [
            ("sAMAccountName", forest.logon_name(alias)), ("userPrincipalName", f"{alias}@{DOMAIN}"),
            ("mail", f"{alias}@nordwind.de"), ("proxyAddresses", f"SMTP:{alias}@nordwind.de"),
            ("userAccountControl", DISABLED), ("displayName", name), ("mailNickname", nickname),
            ("homeMDB", database(0)), ("msExchRecipientTypeDetails", kind)])

    what = ["Info", "Bewerbung", "Rechnungseingang", "Zoll", "Spedition", "Empfang", "Fuhrpark", "Störung"]
    for number in range(count // 25):
        name = f"{dice.one(what)}{dice.one(['', ' HH', ' Wrocław', ' Süd', ' (alt)', ' & Co'])} {number}"
        alias = "".join(c for c in names.spelled(name).replace("&", "und") if c.isalnum()).lower()
        add(name, alias, "Shared Mailboxes", SHARED, name if number % 20 == 0 else alias)
    for number in range(count // 80):
        alias = f"raum{number:02}"
        add(f"Raum {number:02} – Große Elbstraße", alias, "Rooms", ROOM, alias)


def accounts(forest, units, dice, count):
    """Accounts of services, and those that Exchange and the synchronization make."""
    for number in range(count // 40):
        name = dice.one(["svc", "sa", "SQL", "backup", "scan", "sap"]) + dice.one("_-.")
        name += dice.one(["web", "db", "print", "mfp", "batch"]) + str(number)
        forest.add(name, units["Service Accounts"], PERSON, [
            ("sAMAccountName", forest.logon_name(name)),
            *([("userPrincipalName", f"{name}@{DOMAIN}")] if number % 3 else []),
            *([] if number % 4 else [("mail", "it-admin@nordwind.de")]),
            ("userAccountControl", NEVER_EXPIRES), ("displayName", name),
            ("description", "Dienstkonto – nicht löschen!")])
    for name, logon in (
        ("SystemMailbox{1f05a927-1b3c-4a5e-9d1c-000000000001}", "SM_1f05a9271b3c4a5e"),
        ("DiscoverySearchMailbox {D919BA05-46A6-415f-80AD-7E09334BB852}", "SM_d919ba0546a6415f"),
        ("HealthMailbox0a1b2c3d4e5f60718293a4b5c6d7e8f9", "HealthMailbox0a1b2c3"),
        ("MSOL_1234567890ab", "MSOL_1234567890ab"), ("AAD_1234567890ab", "AAD_1234567890ab"),
    ):
        nickname = "".join(c for c in name if c not in " {}")
        forest.add(name, f"CN=Users,{BASE}", PERSON, [
            ("sAMAccountName", logon), ("userPrincipalName", f"{name}@{DOMAIN}".replace(" ", "")),
            ("userAccountControl", DISABLED), ("displayName", "Microsoft Exchange"),
            *([("mailNickname", nickname)] if "ailbox" in name else [])])


def groups(forest, units, dice, count, members, primaries):
    """Security and distribution groups."""
    for number in range(count // 20):
        name = dice.one(["GRP", "DL", "SG", "Verteiler", "Team"]) + dice.one(" _-")
        name += dice.one(["Vertrieb", "Lager", "IT", "Alle Mitarbeiter", "Projekt Żubr", "Führungskräfte"])
        name += f" {number}"
        kind, attributes = number % 3, []
        if kind and number % 11:
            alias = names.spelled(name.replace(" ", "-")).lower()
            mail = f"{alias}@nordwind.de" if number % 17 else dice.one(primaries)
            attributes = [
                ("mail", mail), ("proxyAddresses", f"SMTP:{mail}"),
                ("mailNickname", alias if number % 13 else name)]
        belong = {dice.one(members): None for _ in range(dice.one([3, 8, 20, 60]))}
        forest.add(name, units["Groups"], ["group"], [
            ("cn", name), ("sAMAccountName", name[:60]), ("displayName", name),
            ("groupType", (-2147483646, 2, -2147483640)[kind]), *attributes,
            *(("member", each) for each in belong)])


def contacts(forest, units, dice, count, primaries):
    """People of other companies."""
    partners = [
        ("Spedition Hübner", "huebner-spedition.de"), ("Żegluga", "zegluga.pl"), ("DHL", "dhl.com"),
        ("Lojistik Ltd. Şti.", "lojistik.com.tr"), ("Zoll Bremen", "zoll.bund.de")]
    for number in range(count // 16):
        partner, domain = dice.one(partners)
        name = f"Partner {number} {partner}"
        mail = f"kontakt{number}@{domain}" if number % 12 else dice.one(primaries)
        attributes = [("cn", name), ("displayName", name)]
        if number % 9:
            attributes += [("mail", mail), ("proxyAddresses", f"SMTP:{mail}")]
        elif number % 2:
            attributes.append(("proxyAddresses", f"SMTP:{mail}"))
        if number % 10:
            attributes.append(("targetAddress", ("SMTP:" if number % 14 else "") + mail))
        if number % 3:
            attributes.append(("mailNickname", f"partner{number}"))
        forest.add(name, units["Contacts"], ["person", "organizationalPerson", "contact"], attributes)


def linked(forest, accounts):
    """A resource forest: the mailboxes of every fifth person, on accounts that nobody signs in to."""
    unit = forest.add("Mailboxes", EXCHANGE_BASE, ["organizationalUnit"], [("ou", "Mailboxes")], "OU")
    for person, sid in accounts[::5]:
        mail = f"{person.local}@{person.country.domain}"
        forest.add(person.display.strip(), unit, PERSON, [
            ("sAMAccountName", person.logon), ("userPrincipalName", f"{person.logon}@exch.nordwind.local"),
            ("mail", mail), ("proxyAddresses", f"SMTP:{mail}"), ("userAccountControl", DISABLED),
            ("displayName", person.display), ("mailNickname", person.local), ("homeMDB", database(0)),
            ("msExchMasterAccountSid", sid), ("msExchRecipientTypeDetails", LINKED)])


def write(out, count=5000, with_guids=False):
    """Writes a forest of `count` persons to `out`; the persons with their SIDs come back."""
    dice, forest = Dice(20261128), Forest(out, with_guids)
    root = forest.add("Nordwind", BASE, ["organizationalUnit"], [("ou", "Nordwind")], "OU")
    units = {
        name: forest.add(name, root, ["organizationalUnit"], [("ou", name)], "OU")
        for name in [each.office for each in names.COUNTRIES] + [
            "Shared Mailboxes", "Rooms", "Service Accounts", "Groups", "Contacts", "Leavers"]}
    people, primaries = staff(forest, units, dice, count)
    mailboxes(forest, units, dice, count)
    accounts(forest, units, dice, count)
    groups(forest, units, dice, count, [dn for _, dn in people], primaries)
    contacts(forest, units, dice, count, primaries)
    return [(person, forest.sids.get(dn, b"")) for person, dn in people]


def write_linked(out, count=5000):
    """Writes the mailboxes of the forest's people to `out`."""
    linked(Forest(out, True), write(io.StringIO(), count, True))


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=5000, help="how many persons (5000)")
    parser.add_argument("--guids", action="store_true", help="with objectGUID and objectSid")
    parser.add_argument("--linked", action="store_true", help="the forest of linked mailboxes")
    arguments = parser.parse_args()
    if arguments.linked:
        write_linked(sys.stdout, arguments.people)
    else:
        write(sys.stdout, arguments.people, arguments.guids)


if __name__ == "__main__":
    main()
