"""In which countries the people live: as a file writes them, else by French postal codes; and what the authority's form says."""

import pytest

from analysis.assess import with_places
from analysis.assess.countries import country_of
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.handover.filled import lived
from analysis.pipeline import answer


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("France", "FR"),
        ("FRANCE MÉTROPOLITAINE", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        ("Allemagne", "DE"),
        ("Deutschland", "DE"),
        ("ESPAÑA", "ES"),
        ("Belgique", "BE"),
        ("België", "BE"),
        ("UK", "GB"),
        ("royaume-uni", "GB"),
        ("Pays-Bas", "NL"),
        ("Suisse", "CH"),
        ("La Réunion", "FR"),
        ("Lyon", ""),
        ("", ""),
        ("12", ""),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(text, code):
    assert country_of(text) == code


def test_people_are_counted_per_country_and_the_form_tells_those_of_the_eea(store, tmp_path):
    towns = [("France", "75011", "Paris")] * 20 + [("", "69003", "Lyon")] * 5 + [("Belgique", "1000", "Bruxelles")] * 7
    towns += [("Suisse", "1200", "Genève")] * 3 + [("", "", "")] * 2
    rows = [
        f"Fictif{chr(97 + at % 26)}{chr(97 + at // 26)};Anne;{at % 28 + 1:02d}/03/19{at + 40};{code};{town};{country}"
        for at, (country, code, town) in enumerate(towns)
    ]
    path = tmp_path / "leak.csv"
    path.write_text("\n".join(["nom;prenom;date_naissance;code_postal;ville;pays", *rows]), encoding="utf-8")
    impact = with_places(store, answer(store, Question(files=(path,)), Watch()), Watch())
    assert impact.census.countries == (("FR", 25), ("BE", 7), ("CH", 3))
    found = {item.number: item for item in lived(impact, Words("fr"))}
    assert found[116].value == "FR, BE" and found[116].said == "France, Belgique"
    assert found[117].value == 32 and found[117].said == "France : 25 ; Belgique : 7 ; hors de l’EEE : 3 ; inconnu : 2"
