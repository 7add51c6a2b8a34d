"""A small town as a source system exports it: FHIR bulk lines, of as many citizens as a test wants."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from backupreader.domain.acts import Actor
from backupreader.settings import Settings, SourceSetting
from backupreader.store import vault
from backupreader.store.carried import VaultIdentity
from backupreader.store.files import Files
from backupreader.store.session import Session, begin
from backupreader.store.slots import Cost
from backupreader.store.trust import Trust
from backupreader.store.unlocked import Unlocked
from sync.origin import Origin

SITE = "nordby"
WORDS = "regn lampe sti bro kaffe"
CHEAP = Cost(8 * 1024, 1, 1)


def write_export(
    folder: Path, citizens: int = 5, *, medicine: bool = True, units: tuple[str, ...] = ("Nord", "Syd")
) -> None:
    """One unit for each of `units`, `citizens` in all, each with one order of medicine and one note."""
    folder.mkdir(parents=True, exist_ok=True)
    patients = [
        {
            "resourceType": "Patient",
            "id": str(number),
            "name": [{"given": ["Kirsten"], "family": f"Kanariefugl{number}"}],
            "birthDate": f"19{30 + number % 60}-03-14",
            "managingOrganization": {"reference": f"Organization/{number % len(units)}"},
        }
        for number in range(citizens)
    ]
    organizations = [
        {"resourceType": "Organization", "id": str(number), "name": name} for number, name in enumerate(units)
    ]
    orders = [
        {
            "resourceType": "MedicationRequest",
            "id": str(number),
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": {"text": "Furix 40 mg"},
            "subject": {"reference": f"Patient/{number}"},
        }
        for number in range(citizens)
    ]
    _lines(folder / "Patient.000.ndjson", patients)
    _lines(folder / "Organization.000.ndjson", organizations)
    _lines(folder / "MedicationRequest.000.ndjson", orders if medicine else [])


def _lines(path: Path, resources: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(resource) + "\n" for resource in resources), encoding="utf-8")


def exporter(folder: Path, *targets: Path) -> Settings:
    """The export machine's settings."""
    return Settings(
        site=SITE,
        data=folder / "export",
        send_to=tuple(map(str, targets)),
        sources=(SourceSetting(name="journal", path=folder / "journal"),),
    )


def backup_pc(folder: Path, export: Settings, name: str = "room12") -> Settings:
    """A backup PC with a vault, enrolled on the export machine, that trusts it."""
    files = Files()
    settings = Settings(site=SITE, data=folder / name)
    secret = vault.make_machine_secret(settings.data / "vault" / "machine-secret", files)
    made, _ = vault.init(
        settings.data / "vault", name, SITE, WORDS, files, CHEAP, account="Anna Holm", machine_secret=secret
    )
    origin = Origin(export.data, files)
    origin.enrol(made.identity)
    Trust(settings.data, files).add(origin.signer(SITE, datetime.now(UTC)).trusted())
    settings.inbox_folder.mkdir(parents=True)
    return settings


def unlocked(pc: Settings) -> Unlocked:
    """The PC's vault, opened by Anna Holm."""
    secret = vault.read_machine_secret(pc.data / "vault" / "machine-secret", Files())
    return vault.unlock(pc.data / "vault", WORDS, secret)


def session(pc: Settings, opened: Unlocked | None = None, *, reason: str = "test") -> Session:
    """Anna Holm's session; with a `reason` she states it for whatever she asks."""
    actor = Actor(name="Anna Holm")
    begun = begin(pc, opened or unlocked(pc), actor, lambda: datetime.now(pc.timezone()), Files())
    if reason:
        begun.state_always(reason)
    return begun


def identities(count: int) -> tuple[VaultIdentity, ...]:
    """So many other PCs."""
    from backupreader.store.seal import public_of

    return tuple(
        VaultIdentity(f"other{number}", SITE, public_of(number.to_bytes(32, "big"))) for number in range(count)
    )
