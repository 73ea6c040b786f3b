"""In which time zones somebody may be, by country and place, where a country has more than one.

Sources: the IANA time zone database (zone1970.tab, public domain); Mexico: Ley de los Husos Horarios (DOF, 28 October 2022), whose
northern border follows the United States; United States: 49 CFR part 71; Spain, Chile and Ecuador: their islands.
A state that lies in two zones has both: who keeps hours keeps them in both.
"""

from __future__ import annotations

import re
from functools import cache

from oportuno.people.audience.rules.addresses import fold

Zones = tuple[str, ...]
CENTRE, MAZATLAN, TIJUANA, HERMOSILLO, CANCUN = (
    "America/Mexico_City", "America/Mazatlan", "America/Tijuana", "America/Hermosillo", "America/Cancun",
)  # fmt: skip
BORDER_WEST, BORDER_EAST, CHIHUAHUA, BANDERAS = "America/Ciudad_Juarez", "America/Matamoros", "America/Chihuahua", "America/Bahia_Banderas"
EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
MADRID, CANARY = "Europe/Madrid", "Atlantic/Canary"

NAMES: dict[str, dict[Zones, str]] = {
    "MX": {
        (TIJUANA,): "baja california, tijuana, mexicali, ensenada, tecate, rosarito, bc",
        (MAZATLAN,): "baja california sur, sinaloa, la paz, los cabos, san jose del cabo, cabo san lucas, culiacan, mazatlan, los mochis, tepic, bcs",
        (MAZATLAN, BANDERAS): "nayarit",
        (BANDERAS,): "bahia de banderas, nuevo vallarta",
        (HERMOSILLO,): "sonora, hermosillo, ciudad obregon, nogales, guaymas, navojoa",
        (CANCUN,): "quintana roo, cancun, playa del carmen, chetumal, cozumel, tulum",
        (CHIHUAHUA, BORDER_WEST): "chihuahua",
        (BORDER_WEST,): "ciudad juarez, juarez, ojinaga",
        (CENTRE, BORDER_EAST): "coahuila, nuevo leon, tamaulipas, coahuila de zaragoza",
        (BORDER_EAST,): "matamoros, reynosa, nuevo laredo, piedras negras, ciudad acuna, rio bravo",
        (CENTRE,): "ciudad de mexico, cdmx, df, distrito federal, mexico df, mexico city, estado de mexico, edomex, aguascalientes, campeche, chiapas, colima, durango, guanajuato, "
        "guerrero, hidalgo, jalisco, michoacan, michoacan de ocampo, morelos, oaxaca, puebla, queretaro, san luis potosi, tabasco, tlaxcala, veracruz, yucatan, zacatecas, "
        "guadalajara, zapopan, monterrey, san pedro garza garcia, leon, merida, toluca, naucalpan, ecatepec, nezahualcoyotl, torreon, saltillo, cuernavaca, acapulco, xalapa, "
        "villahermosa, tuxtla gutierrez, pachuca, morelia, irapuato, celaya, tampico, puerto vallarta, texcoco, villa guerrero, tenancingo, atlixco",
    },
    "US": {
        (EASTERN,): "connecticut, ct, delaware, de, georgia, ga, maine, me, maryland, md, massachusetts, ma, new hampshire, nh, new jersey, nj, new york, ny, north carolina, nc, "
        "ohio, oh, pennsylvania, pa, rhode island, ri, south carolina, sc, vermont, vt, virginia, va, west virginia, wv, district of columbia, dc, washington dc, miami, orlando, "
        "tampa, boston, philadelphia, atlanta, new york city, nueva york, brooklyn, detroit, charlotte, newark",
        (EASTERN, CENTRAL): "florida, fl, indiana, in, kentucky, ky, michigan, mi, tennessee, tn",
        (CENTRAL,): "alabama, al, arkansas, ar, illinois, il, iowa, ia, louisiana, la, minnesota, mn, mississippi, ms, missouri, mo, oklahoma, ok, wisconsin, wi, chicago, "
        "houston, dallas, austin, san antonio, new orleans, minneapolis, memphis, nashville",
        (CENTRAL, MOUNTAIN): "kansas, ks, nebraska, ne, north dakota, nd, south dakota, sd, texas, tx",
        (MOUNTAIN,): "colorado, co, montana, mt, new mexico, nm, utah, ut, wyoming, wy, denver, el paso, albuquerque, salt lake city",
        (MOUNTAIN, PACIFIC): "idaho, id, oregon, or",
        ("America/Phoenix",): "arizona, az, phoenix, tucson",
        (PACIFIC,): "california, ca, nevada, nv, washington, wa, los angeles, san francisco, san diego, seattle, las vegas, portland",
        ("America/Anchorage", "America/Adak"): "alaska, ak",
        ("Pacific/Honolulu",): "hawaii, hi, honolulu",
        ("America/Puerto_Rico",): "puerto rico, pr, san juan",
    },
    "ES": {
        (CANARY,): "canarias, islas canarias, las palmas, las palmas de gran canaria, gran canaria, tenerife, santa cruz de tenerife, lanzarote, fuerteventura, la palma, "
        "la gomera, el hierro, arrecife, la laguna, san cristobal de la laguna",
        (MADRID,): "madrid, barcelona, valencia, sevilla, zaragoza, malaga, murcia, palma, palma de mallorca, bilbao, alicante, cordoba, valladolid, vigo, gijon, andalucia, aragon, "
        "asturias, cantabria, castilla la mancha, castilla y leon, cataluna, catalunya, comunidad de madrid, comunidad valenciana, extremadura, galicia, la rioja, navarra, "
        "pais vasco, euskadi, baleares, islas baleares, granada, oviedo, santander, pamplona, toledo, ceuta, melilla",
    },
    "EC": {
        ("Pacific/Galapagos",): "galapagos, islas galapagos, puerto ayora, puerto baquerizo moreno",
        ("America/Guayaquil",): "quito, guayaquil, cuenca, ambato, cayambe, tabacundo, latacunga, machala, manta, portoviejo, loja, riobamba, ibarra, esmeraldas, pichincha, guayas, "
        "azuay, cotopaxi, tungurahua, imbabura, manabi, el oro",
    },
    "CL": {
        ("Pacific/Easter",): "isla de pascua, rapa nui, hanga roa",
        ("America/Punta_Arenas",): "magallanes, punta arenas, puerto natales",
        ("America/Santiago",): "santiago, santiago de chile, region metropolitana, valparaiso, vina del mar, concepcion, la serena, antofagasta, temuco, rancagua, iquique",
    },
}  # fmt: skip
PARTS = re.compile(r"[,;/()|·–-]+")


def zones_at(country: str, place: str) -> Zones:
    """Where the clock may stand for somebody of this place; () when the place tells nothing. `place` as people write it: "Tijuana, B.C.".

    The last part that is known is the state; a town before it narrows a state of two zones.
    """
    known = _names(country.upper())
    found = [known[name] for part in PARTS.split(place) if (name := _bare(part)) in known]
    return next((one for one in found if set(one) < set(found[-1])), found[-1]) if found else ()


@cache
def _names(country: str) -> dict[str, Zones]:
    return {name.strip(): zones for zones, names in NAMES.get(country, {}).items() for name in names.split(",")}


def _bare(part: str) -> str:
    return re.sub(r"[.']", "", fold(part)).strip()
