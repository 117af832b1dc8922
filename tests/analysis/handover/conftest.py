"""The fictional hospital with everything declared, and with nothing."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.assess import assess
from analysis.ground.watch import Watch
from analysis.handover.groups import audiences
from analysis.model import Incident
from tests.conftest import DAY

TOLD = Incident(
    controller="Hôpital fictif",
    contact_details="1 rue de l'Exemple, 69003 Lyon",
    nature="hospital",
    breach_date=DAY,
    started="2024-11-18T02:00:00",
    ended="2024-11-19T09:00:00",
    aware="2024-11-19T10:00:00",
    notified="2024-11-20T10:00:00",
    time_zone="Europe/Paris",
    disclosure="unknown",
    malicious=True,
    cause="exfiltration",
    dpo="Camille Exemple",
    dpo_contact="dpo@hopital.example",
    hotline="01 99 00 00 00",
    circumstances="Un compte a été détourné.",
    found_by="external",
    discovery="Une annonce de vente a été signalée.",
    systems="Dossier patient",
    before=("Mots de passe de 12 signes",),
    measures=("Compte fermé",),
    prevention=("Double authentification",),
)
NOTHING = Incident()


@pytest.fixture(scope="package")
def declared(sample_impact):
    """The store, and the impact with everything declared."""
    store, impact = sample_impact
    return store, assess(store, impact.people, TOLD, date(2026, 11, 30), Watch())


@pytest.fixture(scope="package")
def groups(declared):
    """The groups of people of that impact."""
    return audiences(*declared)


@pytest.fixture(scope="package")
def bare(sample_impact):
    """The impact with nothing declared."""
    store, impact = sample_impact
    return assess(store, impact.people, NOTHING, date(2026, 11, 30), Watch())


@pytest.fixture
def without(declared):
    """The declared impact without some items."""
    _, impact = declared

    def taken(**parts):
        return replace(impact, verdict=replace(impact.verdict, incident=replace(impact.incident, **parts)))

    return taken
