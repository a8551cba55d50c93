"""Other tools that read LDIF, each doing the part that it can."""

import dataclasses
import pathlib
import shutil
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "peers"

# Debian's interpreter has Debian's modules, whichever other comes first on the path.
PYTHONS = [sys.executable, "/usr/bin/python3"]


@dataclasses.dataclass
class Peer:
    """A tool: what it does, its command for a file, or why it is missing."""

    name: str
    does: str
    # The share of the sample that it gets; the slow ones get less.
    share: float
    command: object = None
    missing: str = ""


def _python_with(module):
    for python in PYTHONS:
        probe = [python, "-c", f"import {module}"]
        try:
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


def _python(name, does, module, script, package):
    python = _python_with(module)
    if python is None:
        return Peer(name, does, 1, missing=f"no module {module} (package {package})")
    return Peer(name, does, 1, lambda file: [python, str(FOLDER / script), file])


def _perl():
    does = "reads entries, counts those with mail"
    probe = ["perl", "-MNet::LDAP::LDIF", "-e1"]
    if not shutil.which("perl") or subprocess.run(probe, capture_output=True).returncode != 0:
        return Peer("Net::LDAP::LDIF", does, 1, missing="no module (package libnet-ldap-perl)")
    return Peer(
        "Net::LDAP::LDIF", does, 1, lambda file: ["perl", str(FOLDER / "net_ldap.pl"), file]
    )


SLAPD_CONFIGURATION = """\
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
include {schema}/nis.schema
include {schema}/msuser.schema
attributetype ( 1.2.840.113556.1.2.447 NAME 'mailNickname' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "DC=contoso,DC=com"
directory {folder}
"""


def _slapadd(folder):
    does = "dry run: reads entries, knows the attributes, checks syntaxes"
    program = shutil.which("slapadd") or shutil.which("slapadd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        return Peer("slapadd -u", does, 0.2, missing="not installed (package slapd)")
    schema = pathlib.Path("/etc/ldap/schema")
    if not (schema / "msuser.schema").exists():
        return Peer("slapadd -u", does, 0.2, missing="no msuser.schema (OpenLDAP 2.5 has it)")
    configuration = pathlib.Path(folder) / "slapd.conf"
    configuration.write_text(SLAPD_CONFIGURATION.format(schema=schema, folder=folder))
    command = [program, "-u", "-s", "-f", str(configuration), "-l"]
    return Peer("slapadd -u", does, 0.2, lambda file: command + [file])


def all_peers(folder):
    """Every peer; `folder` is for their configuration."""
    return [
        Peer(
            "awk | sort | uniq -d",
            "finds proxy addresses that occur twice",
            1,
            lambda file: [str(FOLDER / "duplicates.sh"), file],
        ),
        _slapadd(folder),
        _python(
            "python-ldap", "reads entries, counts those with mail", "ldif", "python_ldap.py",
            "python3-ldap",
        ),
        _perl(),
        _python(
            "ldap3", "splits each DN; it has no LDIF reader", "ldap3", "ldap3_names.py",
            "python3-ldap3",
        ),
    ]
