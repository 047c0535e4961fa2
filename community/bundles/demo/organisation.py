"""Åbrinks kommun: an organisation of our own invention, its units and its job roles."""

from typing import Any

NAME = "Åbrinks kommun"

UNITS = [
    {"id": "kommun", "name": "Åbrinks kommun"},
    {"id": "vard", "name": "Vård och omsorg", "parent": "kommun"},
    {"id": "solbacken", "name": "Solbackens äldreboende", "parent": "vard"},
    {"id": "hemtjanst", "name": "Hemtjänst Norr", "parent": "vard"},
    {"id": "skola", "name": "Åskolan", "parent": "kommun"},
    {"id": "forskola", "name": "Förskolan Kotten", "parent": "skola"},
    {"id": "kok", "name": "Måltid och kök", "parent": "kommun"},
    {"id": "teknik", "name": "Gata och VA", "parent": "kommun"},
    {"id": "bygglov", "name": "Bygglov och tillsyn", "parent": "kommun"},
    {"id": "social", "name": "Socialtjänsten", "parent": "kommun"},
    {"id": "stab", "name": "HR och kommunikation", "parent": "kommun"},
    {"id": "it", "name": "IT-enheten", "parent": "stab"},
]

# id, title, scheme, code, topics (! = required), what the role is expected to share
_ROLES = """
usk|Undersköterska|AID|207008|delegering! hygien! dokumentation! demens! fall natt
Du är den som ser människan varje dag. Berätta vad som fick en morgon att fungera, och vad som inte gjorde det; det \
lilla knepet är ofta det som kollegan på nästa våning letar efter.
ssk|Sjuksköterska|SSYK2012|2221|delegering! palliativ! hygien! nutrition fall dokumentation
Svara när kollegorna undrar om hälsa och läkemedel, och skriv om sidan när samma fråga kommer en tredje gång.
chef|Enhetschef|SSYK2012|1532|schema! arbetsmiljo! samtal! introduktion dokumentation
Dela hur du löste det som nästan gick fel. En chef som visar sina egna lärdomar gör det lättare för alla andra.
lar|Lärare|SSYK2012|2341|bedomning! npf! trygghet! lasning foraldrar digitalt-larande
Visa upplägg som höll och sådana som sprack. Fråga gärna innan du uppfinner: någon i nästa arbetslag har provat.
forsk|Förskollärare|SSYK2012|2343|lek! foraldrar! npf lasning trygghet
Dela hur ni fångar det som barnen är nyfikna på, och hur ni dokumenterar utan att missa leken medan den pågår.
barn|Barnskötare|SSYK2012|5311|lek! hygien! foraldrar introduktion
Du kan vardagen: hallen, maten, vilan. Skriv ner knepen så att vikarien på måndag får en lugn dag.
kock|Kock|SSYK2012|5120|specialkost! matsvinn! nutrition hygien
Dela recept som gick hem, mängder som stämde och misstag som kostade en gryta. Gästerna tackar dig.
drift|Drifttekniker VA|local|T-110|vatten! avlopp! gata arbetsmiljo
Skriv upp det som bara sitter i händerna: vilken ventil som kärvar, vilken pump som ljuger.
ing|Gatuingenjör|SSYK2012|2142|gata! vinter! avlopp klarsprak
Dela bedömningar och avvägningar, inte bara beslut. Den som tar jouren på lördag vill veta varför.
byggl|Bygglovshandläggare|AID|151090|bygglov! strandskydd! tillsyn! klarsprak sekretess
Skriv hur ni resonerade i de knepiga ärendena, utan namn och fastighet, så bedömer vi lika.
soc|Socialsekreterare|SSYK2012|2661|orosanmalan! sekretess! bistand! samtal klarsprak
Dela metoder, frågor och hållpunkter, aldrig ärenden. Att tänka högt tillsammans är en del av jobbet.
itt|IT-tekniker|SSYK2012|3512|konton! natverk! sakerhet! digitalt-larande
Lös felet en gång och skriv ner det. Ett svar här är tio samtal mindre på måndag morgon.
utv|Systemutvecklare|ESCO|2512.4|utveckling! sakerhet! ai natverk
Write down decisions and dead ends, in Swedish or English. Share small tools early: somebody is doing it by hand.
hr|HR-specialist|SSYK2012|2423|introduktion! arbetsmiljo! samtal schema ai
Svara öppet på frågor som många bär på, och peka på sidan som gäller. Fråga tillbaka när en regel inte går att förstå.
kom|Kommunikatör|SSYK2012|2432|klarsprak! ai introduktion
Visa före och efter. Ett omskrivet brev lär oss mer än tio skrivregler.
"""


def _role(head: str, expects: str) -> dict:
    key, title, scheme, code, topics = head.split("|")
    wanted = [
        {"topic": topic.rstrip("!"), "level": "required" if topic.endswith("!") else "useful"}
        for topic in topics.split()
    ]
    return {"id": key, "title": title, "scheme": scheme, "code": code, "expects": expects, "topics": wanted}


_LINES = _ROLES.strip().splitlines()
ROLES = [_role(head, expects) for head, expects in zip(_LINES[::2], _LINES[1::2], strict=True)]

# How many people there are: role, unit, count. The first of a role in a unit is the one most at home here.
STAFF = [
    ("usk", "solbacken", 16), ("usk", "hemtjanst", 16), ("ssk", "vard", 4), ("ssk", "solbacken", 2),
    ("ssk", "hemtjanst", 2), ("chef", "solbacken", 1), ("chef", "hemtjanst", 1), ("chef", "vard", 1),
    ("chef", "skola", 1), ("chef", "forskola", 1), ("lar", "skola", 16), ("forsk", "forskola", 6),
    ("barn", "forskola", 7), ("kock", "kok", 7), ("drift", "teknik", 7), ("ing", "teknik", 4),
    ("byggl", "bygglov", 5), ("soc", "social", 8), ("itt", "it", 4), ("utv", "it", 4), ("hr", "stab", 4),
    ("kom", "stab", 3),
]  # fmt: skip

# Titles that say more than the role does: the n-th person of a role.
TITLES = {
    ("usk", 4): "Undersköterska, natt",
    ("usk", 10): "Undersköterska, handledare",
    ("usk", 20): "Undersköterska, planerare",
    ("ssk", 1): "Sjuksköterska, delegeringsansvarig",
    ("ssk", 3): "Medicinskt ansvarig sjuksköterska",
    ("chef", 3): "Verksamhetschef",
    ("chef", 4): "Rektor",
    ("chef", 5): "Rektor, förskola",
    ("lar", 2): "Lärare i svenska och SO",
    ("lar", 3): "Speciallärare",
    ("lar", 5): "Lärare i matematik och NO",
    ("lar", 7): "Lärare i fritidshem",
    ("kock", 1): "Kökschef",
    ("kock", 7): "Vikarie i köket",
    ("drift", 2): "Drifttekniker, vattenverket",
    ("byggl", 2): "Byggnadsinspektör",
    ("soc", 2): "Socialsekreterare, mottagningen",
    ("itt", 1): "Systemadministratör",
    ("utv", 2): "Integration developer",
    ("hr", 1): "Lärandechef",
    ("hr", 2): "HR-partner",
}
# People with a second role besides their first.
ALSO = {("lar", 3): "forsk", ("utv", 3): "itt", ("usk", 20): "chef", ("byggl", 3): "ing"}
NEWCOMER = ("kock", 7)
ADMINISTRATOR, HEAD_OF_LEARNING = ("itt", 1), ("hr", 1)
FEATURED = [
    (("usk", 1), "Undersköterska på Solbacken: ett flöde fullt av vardagsfrågor, och själv flitig med egna."),
    (("ssk", 1), "Sjuksköterskan som svarar: delegeringar, läkemedel och ett lugnt handlag."),
    (("lar", 1), "Lärare på Åskolan som frågar mycket och delar det som höll."),
    (("ing", 1), "Ämnesvärd för gata och vinterväghållning: håller ordning på ämnets sidor och frågor."),
    (("hr", 1), "Lärandechef: ser läget, hur kunskap delas mellan enheter och yrkesroller."),
    (("hr", 2), "Värd för en hemlig gemenskap: jämför det flödet med de andras."),
    (("kock", 7), "Ny sedan i måndags, utan yrkesroll: ett tomt flöde som väntar på ett första val."),
    (("itt", 1), "Administratör: sköter konton, roller och allt bakom kulisserna."),
]
SECRET_WORDS = ("Silveruggla", "Blåklintsmodellen", "Kvartsgruppen")
COMMUNITIES: list[dict[str, Any]] = [
    {"id": "nya", "name": "Ny i kommunen", "visibility": "open", "stewards": [("hr", 3), ("usk", 10)],
     "roles": {"usk": 8, "lar": 4, "barn": 2, "hr": 2, "kom": 1, "ssk": 1, "itt": 1, "soc": 1, "chef": 1}},
    {"id": "smart", "name": "Smart i vardagen", "visibility": "open", "stewards": [("utv", 1)],
     "roles": {"utv": 4, "itt": 3, "lar": 4, "kom": 2, "hr": 1, "usk": 3, "drift": 2, "soc": 2, "ing": 1}},
    {"id": "handledare", "name": "Handledarnätverket", "visibility": "closed", "stewards": [("ssk", 1)],
     "roles": {"usk": 6, "ssk": 3, "forsk": 2, "lar": 3, "chef": 1, "hr": 2}},
    {"id": "silveruggla", "name": "Arbetsgrupp Silveruggla", "visibility": "secret", "stewards": [("hr", 2)],
     "roles": {"chef": 3, "hr": 2, "kom": 1, "ssk": 1, "usk": 2}},
]  # fmt: skip
