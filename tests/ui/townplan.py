"""The made-up town's plan: every kind of thing that a plan holds, once or twice, with cruel words among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LONG_NAME: Final = "Den tværkommunale driftsvagt for omsorgssystemer, Nordby–Sønderby"

_PLAN: Final = """
title = "Når journalen er nede"
owner = "Chefen for ældreområdet"
version = "4"
approved = 2025-01-10
updated = 2025-02-03
revise_by = 2026-06-30
units = ["Team Nord", "Plejehjemmet Søgården"]

[holidays]
country = "DK"
also = ["12-24"]

[room]
where = "Kopirummet i kælderen, til venstre for elevatoren."
key = "Vagtcentralen har koden til døren."
holds = ["lommelygte", "papir", "ekstra toner"]
contact = "vagt"

[[role]]
id = "alle"
label = "Medarbejder"

[[role]]
id = "leder"
label = "Vagthavende leder"

[[system]]
id = "journal"
label = "Journalen"
symptoms = ["Journalen åbner ikke", "Du bliver logget af igen og igen"]
instead = ["Læs borgerne på denne pc, og print dem.", "Skriv på papir. Skriv i journalen bagefter."]
supplier = "leverandor"

[[system]]
id = "fmk"
label = "FMK"
symptoms = ["Medicinkortet kan ikke hentes"]

[[system]]
id = "laase"
label = "Elektroniske låse"
symptoms = ["Døren åbner ikke med telefonen"]
instead = ["Brug den fysiske nøgle fra skabet."]

[[system]]
id = "alarm"
label = "Nødkald"
symptoms = ["Kald går ikke igennem", "Lampen på boksen er rød"]

[[system]]
id = "net"
label = "Internettet"

[[contact]]
id = "it"
label = "IT-afsnittet"
number = "00 00 70 10"
hours = ["mon-wed 08:00-15:00", "thu 08:00-17:00", "fri-sun 08:00-15:00"]
holidays = "closed"
tree = ["1", "153#"]
say = ["Sig dit navn og din enhed.", "Sig, hvad der ikke virker, og siden hvornår."]
give = "din vagttelefon"
call_for = ["Journalen virker ikke for flere", "FMK virker ikke for flere"]
not_for = ["Glemt adgangskode", "Fejl hos kun én bruger"]
may_call = ["alle", "leder"]
maintainer = "IT-afsnittets leder"
checked = 2026-02-01
note = "Svarer de ikke inden 5 minutter, så gå videre."

[[contact]]
id = "vagt"
label = "Vagtcentralen"
number = "00 00 72 07"
mail = "vagt@nordby.invalid"
role = "leder"
say = ["Sig, hvem du har ringet til."]
may_call = ["leder"]

[[contact]]
id = "leverandor"
label = "Journalens leverandør"
number = "00 00 70 40"
hours = ["mon-sun 00:00-24:00"]
holidays = "open"

[[contact]]
id = "laasevagt"
label = "Låsefirmaet"
number = "00 00 70 50"
hours = ["mon-fri 08:00-16:00"]
holidays = "closed"

[[contact]]
id = "postkasse"
label = "Journalteamets postkasse"
mail = "journalteam@nordby.invalid"

[[contact]]
id = "lang"
label = "LONG_NAME"
number = "+45 00 00 70 60 / 4471"
hours = ["mon 08:00-15:30", "tue-wed 08:00-15:00", "thu 08:00-18:00", "fri 08:00-13:00", "mon,wed 20:00-24:00"]

[[calling]]
systems = ["laase"]
order = ["laasevagt"]
nobody = "Ring ikke nu. Hent den fysiske nøgle i skabet, og prøv telefonen igen."
again = "0:15"

[[calling]]
systems = ["alarm"]
order = ["lang", "vagt"]

[[calling]]
systems = ["net"]
order = ["postkasse"]

[[calling]]
order = ["it", "leverandor", "vagt"]

[[guide]]
id = "journal"
label = "Er det kun dig, eller er det alle?"
systems = ["journal"]

[[guide.question]]
id = "kollega"
ask = "Kan en kollega ved siden af åbne journalen?"
how = "Bed om at se det. Brug kollegaens egen pc."
yes = "mig"
no = "enhed"

[[guide.question]]
id = "enhed"
ask = "Kan en anden enhed åbne den?"
how = "Ring til naboenheden."
yes = "lokalt"
no = "naboer"

[[guide.question]]
id = "naboer"
ask = "Er det også nede i nabokommunen?"
yes = "landet"
no = "byen"

[[guide.outcome]]
id = "mig"
reach = "none"
say = "Log af og på igen. Din adgangskode er måske udløbet."

[[guide.outcome]]
id = "lokalt"
reach = "local"
say = "Kun jeres enhed er ramt."

[[guide.outcome]]
id = "byen"
reach = "global"
say = "Hele kommunen er ramt."
contact = "vagt"

[[guide.outcome]]
id = "landet"
reach = "national"
say = "Hele landet er ramt. Vent på besked."
contact = "leverandor"

[[card]]
id = "journal"
title = "Journalen er nede: det gør du"
owner = "Chefen for ældreområdet"
version = "2"
approved = 2025-01-10
updated = 2025-02-03
revise_by = 2027-01-10
role = "alle"
systems = ["journal"]
condition = "når journalen har været nede i 15 minutter"
contact = "vagt"
steps = [
  "Gå til denne pc, og lås op.",
  "Print køreliste og medicinskemaer for din rute.",
  "Skriv alt på papir, også klokkeslættet, og læg arkene i bakken hos den vagthavende leder, når vagten slutter.",
]

[[card]]
id = "laase"
title = "Låsene åbner ikke"
owner = "Hjælpemiddeldepotets leder"
approved = 2022-01-10
revise_by = 2023-12-31
role = "alle"
systems = ["laase"]
steps = ["Hent den fysiske nøgle.", "Skriv i nøglebogen, hvem der har den."]

[[card]]
id = "overblik"
title = "Overblik: hvem skal have hjælp først?"
owner = "Chefen for ældreområdet"
role = "leder"
steps = ["Find dem, der ikke kan vente.", "Fordel ruterne."]

[[act]]
id = "sms"
label = "Nøgler hentet på telefonerne"

[[act]]
id = "besked"
label = "Besked fra leverandøren"

[[duty]]
id = "meld"
label = "Meld det til IT-afsnittet"
at = "start"
role = "alle"
contact = "it"
say = "Sig, hvilke systemer der er nede, og siden hvornår."

[[duty]]
id = "leder"
label = "Giv den vagthavende leder besked"
after = "0:30"
warn = "0:10"
role = "leder"
contact = "vagt"

[[duty]]
id = "ring"
label = "Ring til driftsvagten igen"
every = "2:00"
warn = "0:30"
role = "alle"
contact = "leverandor"

[[duty]]
id = "noegler"
label = "Nøglerne på telefonerne udløber: hent de fysiske nøgler"
since = "sms"
lasts = "8:00"
warn = "0:30"
role = "alle"
systems = ["journal", "laase"]

[[duty]]
id = "vagtskifte"
label = "Giv sagen videre"
at = "shift"
warn = "0:30"

[[duty]]
id = "oppe"
label = "Sig til den vagthavende leder, at det virker igen"
at = "end"
role = "alle"
contact = "vagt"

[[template]]
id = "partnere"
label = "Til partnere"
use = "partners"
text = "Vores {systems} er nede siden {since}. Ring til {contact} på {number}."

[[partners]]
id = "sundhed"
label = "Sundhed"
role = "leder"
template = "partnere"

[[partners.partner]]
id = "sygehus"
label = "Sygehuset, visitationen"
number = "00 00 73 01"
note = "Sig, at udskrivninger skal ringes ind."

[[partners.partner]]
id = "laegevagt"
label = "Lægevagten for hele regionen, Nordby og Sønderby"
number = "00 00 73 02"

[[partners.partner]]
id = "apotek"
label = "Apoteket"
mail = "apotek@nordby.invalid"

[[window]]
id = "vindue"
label = "Journalen opdateres"
week = 4
day = "sun"
from = "20:00"
until = "22:00"
systems = ["journal"]
say = "Print det, I skal bruge, inden kl. 20."
""".replace("LONG_NAME", LONG_NAME)

_NORD: Final = """
unit = "Team Nord"
title = "Team Nords tillæg"
owner = "Lederen af Team Nord"
revise_by = 2027-01-10

[[contact]]
id = "nord-super"
label = "Team Nords superbruger"
number = "00 00 71 11"

[[calling]]
order = ["nord-super", "it", "vagt"]
systems = ["journal"]

[[card]]
id = "nord"
title = "Team Nord: nøgler og biler"
owner = "Lederen af Team Nord"
revise_by = 2027-01-10
systems = ["journal"]
steps = ["Hent bilnøglerne hos teamlederen."]
"""

FILES: Final[Mapping[str, str]] = {"plan.toml": _PLAN, "units/nord.toml": _NORD}
