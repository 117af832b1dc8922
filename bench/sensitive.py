"""Sentences that tell of private life, generated; what the rules find in them. The words stand here alone: the rules never see this
list.

`python -m bench.sensitive` prints F1 of category and meaning, and alarms on everyday remarks."""

import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analysis.classify.sensitive import told
from analysis.model.codes import Meant

TOP = Path(__file__).parents[1]
Labels = frozenset[tuple[str, Meant]]
# What can stand behind "pas de", "suspicion de", "ATCD de": nouns without an article.
NOUNS = {
    "hiv": ("VIH", "infection à VIH", "séropositivité", "sida", "HIV"),
    "hepatitis": ("hépatite B", "hépatite C chronique", "VHC", "syphilis", "chlamydiose", "gonococcie"),
    "cancer": ("cancer du pancréas", "carcinome rénal", "lymphome folliculaire", "leucémie aiguë", "mélanome", "métastases osseuses", "myélome", "sarcome", "K prostate"),
    "psychiatry": ("dépression", "schizophrénie", "trouble bipolaire", "anorexie mentale", "phobie sociale", "psychose", "tentative de suicide", "idées suicidaires", "burn out"),
    "addiction": ("alcoolisme", "toxicomanie", "addiction aux jeux", "consommation de cannabis", "éthylisme chronique", "cocaïnomanie", "consommation de drogues"),
    "pregnancy": ("grossesse", "IVG", "fausse couche", "grossesse gémellaire"),
    "disability": ("handicap moteur", "épilepsie", "autisme", "surdité", "cécité", "trisomie 21", "sclérose en plaques", "dyslexie"),
    "violence": ("maltraitance", "violences conjugales", "harcèlement", "agression sexuelle", "attouchements"),
}  # fmt: skip
# Whole clauses about the person.
CLAUSES = {
    "sexuality": ("se déclare homosexuel", "vit avec un homme du même sexe", "femme transgenre", "est bisexuelle", "parle de sa transition hormonale", "lesbienne, vit en couple"),
    "religion": ("musulmane pratiquante", "demande un repas halal", "prie à la synagogue", "catholique très pieux", "fait le ramadan", "protestant évangélique", "témoin de Jéhovah"),
    "origin": ("famille gitane", "d'origine algérienne", "appartient à l'ethnie tutsi", "gens du voyage", "rom de Roumanie", "d'origine kurde"),
    "politics": ("déléguée syndicale CFDT", "syndiqué à la CGT", "militant communiste", "adhérente au parti écologiste", "vote à gauche et le dit", "a fait grève trois fois"),
    "conviction": ("sort de prison", "condamné pour vol", "sous contrôle judiciaire", "incarcérée à Rennes", "en garde à vue hier", "mis en examen"),
    "child_protection": ("enfant placé à l'ASE", "suivi par le juge des enfants", "vit en famille d'accueil", "AEMO en cours", "information préoccupante faite"),
    "debt": ("dossier de surendettement", "interdit bancaire", "au RSA", "loyers impayés", "saisie sur salaire", "expulsion prévue", "sans domicile fixe", "huissier passé"),
    "judgment": ("menteuse", "pénible et agressif", "fainéant", "hystérique au téléphone", "de mauvaise foi", "patient odieux", "profiteuse"),
}  # fmt: skip
FRAMES = {
    Meant.TOLD: ("{x}.", "suivi pour {x}", "Patient avec {x}, revu ce jour", "note : {x}", "{x} connu, traitement en cours", "Nous retenons {x}.", "DIAG {x}"),
    Meant.DENIED: ("pas de {x}", "absence de {x}", "aucun signe de {x}", "{x} : négatif", "sans {x} à ce jour", "{x} éliminé par le bilan", "ne présente pas de {x}", "ni fièvre ni {x}"),
    Meant.SUSPECTED: ("suspicion de {x}", "{x} probable", "{x} ?", "possible {x}, à revoir", "on évoque {x}", "{x} à confirmer", "recherche en cours, {x} suspecté"),
    Meant.PAST: ("ATCD de {x}", "antécédents : {x}", "{x} en 2009", "ancien épisode de {x}", "{x} dans l'enfance", "{x} il y a douze ans"),
    Meant.FAMILY: ("mère : {x}", "{x} chez le père", "ATCD familiaux : {x}", "sœur suivie pour {x}", "grand-père décédé avec {x}", "frère avec {x}"),
}  # fmt: skip
AROUND = ("", "", "", "Vu ce matin. ", "Rappelé à 10 h. ", "RDV pris. ", "Dossier à jour ; ", "Courrier envoyé. ")
BEHIND = ("", "", "", " Ordonnance faite.", " À revoir.", " Rappeler lundi.", " Transmis au secrétariat.")
REMARKS = (
    "RAS", "rappeler", "bon patient", "chambre seule", "à jeun", "courrier envoyé", "RDV déplacé au lundi", "colis chez le voisin", "ne pas sonner", "paiement par chèque", "ordonnance renouvelée",
    "client fidèle", "préfère le matin", "code 12B, deuxième étage", "allergique aux fraises", "parle anglais", "transport en taxi", "radio normale", "tension 12/8", "vaccin à jour", "pansement refait", "a changé d'adresse",
    "devis signé", "relance faite", "appelle le soir", "mère présente", "accompagné de sa fille", "lunettes neuves", "plâtre retiré", "plateau repas sans sel", "livraison retardée par la grève des transports",
    "erreur de saisie corrigée", "syndicat de copropriété prévenu", "enceinte Bluetooth offerte", "place handicapé devant la porte", "jour de carence appliqué", "gel hydroalcoolique fourni", "rue Gay-Lussac, fond de cour",
    "carence en fer", "porte condamnée au rez-de-chaussée", "casier de la piscine numéro 4", "dans l'enceinte du stade", "lycée Pasteur", "batterie lithium changée",
)  # fmt: skip


def sentences(count: int, seed: int) -> Iterator[tuple[str, Labels]]:
    """Texts, each with what it tells and how it is meant."""
    rng = random.Random(seed)
    for _ in range(count):
        if rng.random() < 0.62:
            category = rng.choice(list(NOUNS))
            how = rng.choices(list(FRAMES), (5, 3, 2, 2, 2))[0]
            text = (
                rng.choice(FRAMES[how])
                .replace("{x}", rng.choice(NOUNS[category]))
                .replace("de h", "d'h")
                .replace("de a", "d'a")
                .replace("de é", "d'é")
                .replace("de i", "d'i")
            )
        else:
            category, how = rng.choice(list(CLAUSES)), Meant.TOLD
            text = rng.choice(CLAUSES[category])
        text = rng.choice(AROUND) + text + rng.choice(BEHIND)
        yield styled(text, rng), frozenset({(category, how)})


def styled(text: str, rng: random.Random) -> str:
    """As it may be typed: capitals, without accents, with a capital first."""
    way = rng.randrange(4)
    if way == 0:
        return text.upper()
    if way == 1:
        return text.translate(str.maketrans("éèêëàâîïôöùûüç", "eeeeaaiioouuuc"))
    return text[:1].upper() + text[1:] if way == 2 else text


def remarks(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return [styled("; ".join(rng.sample(REMARKS, rng.randrange(1, 3))), rng) for _ in range(count)]


def f1(pairs: Iterable[tuple[str, Labels]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of category with meaning."""
    right = wrong = missed = 0
    for text, wanted in pairs:
        found = told(text)
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


MARKS = {"!": Meant.DENIED, "~": Meant.SUSPECTED, "<": Meant.PAST, "^": Meant.FAMILY}


def written(path: Path) -> Iterator[tuple[str, Labels]]:
    """Sentences written by hand: labels, a bar, the text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        labels, bar, text = line.partition("|")
        if bar and not line.startswith("#"):
            parts = [item for item in labels.split() if item != "-"]
            yield text, frozenset({(item.rstrip("!~<^"), MARKS.get(item[-1], Meant.TOLD)) for item in parts})


def alarms(texts: Sequence[str]) -> float:
    """Share of texts in which something is found."""
    return sum(bool(told(text)) for text in texts) / len(texts)


def measure() -> list[tuple[str, str, str, bool]]:
    made, by_hand = f1(sentences(5_000, 7)), f1(written(TOP / "tests" / "data" / "sentences.txt"))
    false = alarms(remarks(2_000, 7))
    start = time.perf_counter()
    for text, _ in sentences(100_000, 8):
        told(text)
    spent = time.perf_counter() - start
    return [
        ("private life in 5,000 generated sentences, F1 of category and meaning", f"{made[2]:.3f}", "0.90", made[2] >= 0.9),
        ("in 300 sentences written by hand in 30 styles", f"{by_hand[2]:.3f}", "0.90", by_hand[2] >= 0.9),
        ("alarms on 2,000 everyday remarks", f"{false:.4f}", "0.01", false <= 0.01),
        ("reading 100,000 of them, one thread", f"{spent:.1f} s", "–", True),
    ]


if __name__ == "__main__":
    for name, value, bar, _ in measure():
        print(f"{name}: {value} (bar {bar})")
    for name in sys.argv[1:]:
        print(name, "precision {:.3f} recall {:.3f} F1 {:.3f}".format(*f1(written(Path(name)))))
