"""The vocabulary: forty topics with what they are about, their synonyms and who keeps them in order."""

# id | name | broader | synonyms | stewards (the n-th person of a role) | description
_TOPICS = """
hygien|Basala hygienrutiner||handhygien, smittskydd|ssk3|Händer, handskar, förkläden och arbetskläder: det som \
skyddar både dig och den du hjälper.
delegering|Läkemedelsdelegering||delegation, signering|ssk1|Att ge läkemedel på delegering: vem får, hur signerar man \
och vad gör man när något blev fel.
palliativ|Vård i livets slutskede||palliativ vård, brytpunkt|ssk2|De sista veckorna: lindring, närvaro och samtal med \
närstående.
nutrition|Mat och näring||undernäring, måltidsmiljö|ssk4 kock1|Att vilja och kunna äta: kost, måltidsmiljö, vikt och vätska.
fall|Fallprevention||fallrisk|usk2|Så att färre ramlar, och så att vi lär av varje fall.
demens|Demens och bemötande||kognitiv sjukdom, BPSD|usk1|Möten, miljö och förhållningssätt när minnet sviker.
anhoriga|Anhöriga||närstående|usk17|Samarbete med döttrar, söner, makar och vänner: lyhört och tydligt.
natt|Nattarbete|schema|nattskift|usk4|Att arbeta när andra sover: rutiner, trygghet och hur man själv orkar.
larm|Trygghetslarm||larmklocka, larmdosa|usk18 itt2|Larmdosor, kameror och tillsyn hemma: teknik, laddning och vem som rycker ut.
lyft|Förflyttningsteknik||lyftteknik, taklyft|usk3|Lyftar, glidlakan och kroppen som ska hålla till pensionen.
dokumentation|Social dokumentation||journal, genomförandeplan|usk19 chef2|Att skriva så att nästa kollega kan göra rätt, och så \
att personen känner igen sig.
schema|Schema och bemanning||vikarier, bemanning|chef2|Lägga schema, byta pass, hitta vikarier och räkna rätt på tiden.
arbetsmiljo|Arbetsmiljö||skyddsrond, tillbud|chef1 hr3|Tillbud, skyddsronder, belastning och det som får oss att må bra på jobbet.
samtal|Svåra samtal||konflikter, feedback|hr2|Samtal som man helst skjuter upp: med kollegor, vårdnadshavare, klienter.
introduktion|Ny på jobbet||onboarding, inskolning av personal|hr3 hr1|De första dagarna och månaderna: vad man behöver veta \
och vem man kan fråga.
bedomning|Betyg och bedömning||betyg, omdömen|lar2|Underlag, likvärdighet och samtal om vad eleven kan.
npf|NPF i lärmiljön||adhd, autism, extra anpassningar|lar3|Tillgänglig undervisning: struktur, pauser och anpassningar som fungerar för fler.
trygghet|Trygghet och studiero||kränkande behandling|lar4|Raster, korridorer och klassrum där alla vågar vara.
lasning|Läsning och språk||läslust, flerspråkighet|lar1 forsk2|Läslust, högläsning och flera språk på väg genom skolan.
digitalt-larande|Digitala verktyg i skolan||lärplattform, chromebook|lar5 itt2|Lärplattformen, datorerna och konsten att använda dem lagom.
foraldrar|Samverkan med hemmet||vårdnadshavare, utvecklingssamtal|lar6 forsk1|Utvecklingssamtal, veckobrev och samarbete med vårdnadshavare.
lek|Lek och utforskande||projekterande, utevistelse|forsk1|Lärmiljöer, projekt och dokumentation i förskolan.
specialkost|Specialkost|nutrition|allergi, anpassad kost|kock1|Allergier, anpassade konsistenser och säkra rutiner från kök till bord.
matsvinn|Matsvinn||svinn|kock2|Mäta, minska och göra något gott av det som blev över.
gata|Gata och schakt||grävtillstånd, TA-plan, gatubelysning|ing1|Grävtillstånd, avstängningar, beläggning, trafikanordningar och belysning.
vinter|Vinterväghållning|gata|snöröjning, halkbekämpning|ing1|Plogning, sand, salt och de samtal som kommer när det har snöat.
vatten|Dricksvatten||vattenverk, råvatten|drift2|Från råvatten till kran: provtagning, läckor och kokningsråd.
avlopp|Avlopp och pumpstationer||spillvatten, bräddning|drift1|Pumpar, brunnar och allt som inte borde spolas ner.
bygglov|Bygglov||startbesked, Attefall|byggl1|Lov, anmälan, startbesked och bedömningar i plan- och bygglagens anda.
strandskydd|Strandskydd|bygglov|strandskyddsdispens|byggl2|Dispenser, särskilda skäl och hur vi resonerar vid vatten.
tillsyn|Tillsyn||olovligt byggande, ovårdad tomt|byggl2|Anmälningar, besök på plats och beslut som håller.
orosanmalan|Orosanmälan||anmälan om oro|soc1|När och hur man anmäler oro för ett barn, och vad som händer sedan.
bistand|Ekonomiskt bistånd||försörjningsstöd|soc2|Ansökan, normberäkning och bemötande när pengarna inte räcker.
sekretess|Sekretess och dataskydd||GDPR, tystnadsplikt|soc3 byggl1|Vad vi får säga, spara och skicka, och till vem.
konton|Konton och lösenord|sakerhet|inloggning, e-tjänstekort|itt2|Inloggning, kort, delade enheter och lösenord som glömts.
natverk|Nätverk och skrivare||wifi, trådlöst nät|itt3|Trådlöst, trådat, skrivare och varför det alltid är namnuppslagningen.
sakerhet|Informationssäkerhet||phishing, nätfiske|itt1 utv1|Nätfiske, klassning, säkerhetskopior och sunt förnuft.
utveckling|Systemutveckling||integrationer, software development|utv1|Our own code and integrations: decisions, tools, \
small scripts and lessons from incidents.
ai|AI i arbetet||språkmodeller, textassistent|utv2 kom1|Vad språkmodeller är bra till, vad de inte får mata sig med, och hur vi provar.
klarsprak|Klarspråk||begripliga texter|kom1|Texter som går att förstå vid första läsningen.
"""
FIELDS = ("id", "name", "broader", "synonyms", "stewards", "description")
TOPICS = [dict(zip(FIELDS, line.split("|"), strict=True)) for line in _TOPICS.strip().splitlines()]
