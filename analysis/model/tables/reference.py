"""The committed reference set (`resources/reference`, made by `make reference`; credits: `resources/CREDITS.md`)."""

from analysis.model.tables.kind import Flag, Int32, Int64, Table, Text


class FirstNames(
    Table,
    one="a first name of France, by sex and decade of birth, of the reference set",
    example=(
        "Marie | f | 1901 | 139991",
        "Jean | m | 1941 | 221450",
        "Zoé | f | 2001 | 10233",
    ),
):
    name: Text
    sex: Text
    decade: Int64
    births: Int64


class GeoFr(
    Table,
    one="a commune of France within one of its postal codes, of the reference set",
    example=(
        "01001 | L'Abergement-Clémenciat | LABERGEMENTCLEMENCIAT | 01400 | 01 | 860 | 860",
        "69123 | Lyon 3e Arrondissement | LYON3EARRONDISSEMENT | 69003 | 69 | 102000 | 102000",
        "75056 | Paris 1er Arrondissement | PARIS1ERARRONDISSEMENT | 75001 | 75 | 15900 | 15900",
    ),
):
    insee: Text
    commune: Text
    folded: Text
    postal_code: Text
    department: Text
    population: Int64  # that the postal code has of the commune
    commune_population: Int64


class HistoryFr(
    Table,
    one="a name of a commune that began or ended since 2015, of the reference set; 0: before, or still in use",
    example=(
        "ABRIES | 05 | 0 | 2019",
        "ABRIESRISTOLAS | 05 | 2019 | 0",
        "ACCOLAY | 89 | 0 | 2017",
    ),
):
    folded: Text
    department: Text
    began: Int64
    ended: Int64


class Names(
    Table,
    one="a name, and how often it is a first and a last one, of the reference set",
    example=(
        "MARTIN | 9120 | 235800",
        "JEAN | 1912000 | 31020",
        "AADAM | 13 | 0",
    ),
):
    name: Text
    first: Int32
    last: Int32


class Vocabulary(
    Table,
    one="a word, and what it may name, of the reference set",
    example=(
        "PARIS | false | true | true | false | false | false | false",
        "BOULANGER | false | true | false | false | false | true | false",
        "FRANCE | true | true | false | false | true | false | false",
    ),
):
    name: Text
    first: Flag
    last: Flag
    city: Flag
    region: Flag
    country: Flag
    occupation: Flag
    nationality: Flag
