"""Thirteen neighbouring authorities of the South West of England: names, DfE codes, towns and outward postcodes are facts.

Coordinates are those of the town, to about a kilometre. The counts of schools are invented but in proportion.
"""

from typing import NamedTuple


class Town(NamedTuple):
    name: str
    outward: str
    latitude: float
    longitude: float


class Place(NamedTuple):
    """An authority, how many invented schools it gets, how far (in degrees) they lie from their town, and its towns."""

    name: str
    code: str
    schools: int
    spread: float
    towns: tuple[Town, ...]


PLACES = (
    Place(
        "Bath and North East Somerset",
        "800",
        70,
        0.012,
        (
            Town("Bath", "BA1", 51.392, -2.367),
            Town("Bath", "BA2", 51.368, -2.362),
            Town("Keynsham", "BS31", 51.414, -2.497),
            Town("Midsomer Norton", "BA3", 51.284, -2.482),
            Town("Radstock", "BA3", 51.292, -2.448),
            Town("Paulton", "BS39", 51.305, -2.501),
            Town("Chew Magna", "BS40", 51.366, -2.609),
        ),
    ),
    Place(
        "Bournemouth, Christchurch and Poole",
        "839",
        80,
        0.008,
        (
            Town("Bournemouth", "BH8", 50.741, -1.852),
            Town("Bournemouth", "BH10", 50.764, -1.893),
            Town("Boscombe", "BH5", 50.729, -1.838),
            Town("Christchurch", "BH23", 50.739, -1.779),
            Town("Poole", "BH15", 50.724, -1.982),
            Town("Broadstone", "BH18", 50.761, -1.995),
            Town("Parkstone", "BH14", 50.722, -1.944),
        ),
    ),
    Place(
        "Bristol",
        "801",
        115,
        0.007,
        (
            Town("Bedminster", "BS3", 51.439, -2.602),
            Town("Brislington", "BS4", 51.437, -2.546),
            Town("Easton", "BS5", 51.464, -2.561),
            Town("Redland", "BS6", 51.469, -2.603),
            Town("Horfield", "BS7", 51.488, -2.583),
            Town("Clifton", "BS8", 51.456, -2.619),
            Town("Henbury", "BS10", 51.507, -2.627),
            Town("Avonmouth", "BS11", 51.500, -2.688),
            Town("Hartcliffe", "BS13", 51.409, -2.600),
            Town("Hengrove", "BS14", 51.411, -2.577),
            Town("Fishponds", "BS16", 51.481, -2.529),
        ),
    ),
    Place(
        "Devon",
        "878",
        215,
        0.02,
        (
            Town("Exeter", "EX4", 50.732, -3.535),
            Town("Exeter", "EX2", 50.707, -3.512),
            Town("Barnstaple", "EX31", 51.078, -4.062),
            Town("Bideford", "EX39", 51.017, -4.206),
            Town("Crediton", "EX17", 50.790, -3.653),
            Town("Exmouth", "EX8", 50.623, -3.405),
            Town("Honiton", "EX14", 50.800, -3.190),
            Town("Ivybridge", "PL21", 50.390, -3.919),
            Town("Newton Abbot", "TQ12", 50.530, -3.609),
            Town("Okehampton", "EX20", 50.739, -4.001),
            Town("Tavistock", "PL19", 50.550, -4.144),
            Town("Tiverton", "EX16", 50.903, -3.488),
            Town("Totnes", "TQ9", 50.432, -3.684),
        ),
    ),
    Place(
        "Dorset",
        "838",
        95,
        0.02,
        (
            Town("Dorchester", "DT1", 50.715, -2.437),
            Town("Weymouth", "DT4", 50.614, -2.457),
            Town("Bridport", "DT6", 50.734, -2.759),
            Town("Blandford Forum", "DT11", 50.857, -2.164),
            Town("Gillingham", "SP8", 51.037, -2.276),
            Town("Sherborne", "DT9", 50.947, -2.517),
            Town("Swanage", "BH19", 50.610, -1.960),
            Town("Wareham", "BH20", 50.687, -2.110),
            Town("Wimborne Minster", "BH21", 50.801, -1.988),
        ),
    ),
    Place(
        "Gloucestershire",
        "916",
        180,
        0.018,
        (
            Town("Gloucester", "GL1", 51.864, -2.244),
            Town("Gloucester", "GL4", 51.840, -2.213),
            Town("Cheltenham", "GL51", 51.903, -2.107),
            Town("Cheltenham", "GL53", 51.884, -2.072),
            Town("Cirencester", "GL7", 51.718, -1.968),
            Town("Dursley", "GL11", 51.681, -2.354),
            Town("Lydney", "GL15", 51.729, -2.530),
            Town("Stow-on-the-Wold", "GL54", 51.930, -1.723),
            Town("Stroud", "GL5", 51.745, -2.218),
            Town("Tewkesbury", "GL20", 51.992, -2.158),
        ),
    ),
    Place(
        "North Somerset",
        "802",
        70,
        0.012,
        (
            Town("Weston-super-Mare", "BS23", 51.346, -2.970),
            Town("Worle", "BS22", 51.360, -2.926),
            Town("Clevedon", "BS21", 51.440, -2.855),
            Town("Nailsea", "BS48", 51.432, -2.758),
            Town("Portishead", "BS20", 51.482, -2.769),
            Town("Winscombe", "BS25", 51.316, -2.833),
            Town("Yatton", "BS49", 51.389, -2.822),
        ),
    ),
    Place(
        "Plymouth",
        "879",
        75,
        0.008,
        (
            Town("Plymouth", "PL4", 50.377, -4.128),
            Town("Devonport", "PL2", 50.389, -4.165),
            Town("Crownhill", "PL6", 50.412, -4.120),
            Town("Plympton", "PL7", 50.388, -4.050),
            Town("Plymstock", "PL9", 50.360, -4.090),
            Town("St Budeaux", "PL5", 50.403, -4.181),
        ),
    ),
    Place(
        "Somerset",
        "933",
        175,
        0.02,
        (
            Town("Taunton", "TA1", 51.013, -3.105),
            Town("Taunton", "TA2", 51.031, -3.094),
            Town("Bridgwater", "TA6", 51.128, -2.998),
            Town("Burnham-on-Sea", "TA8", 51.239, -2.993),
            Town("Chard", "TA20", 50.873, -2.964),
            Town("Frome", "BA11", 51.231, -2.321),
            Town("Glastonbury", "BA6", 51.147, -2.715),
            Town("Minehead", "TA24", 51.204, -3.481),
            Town("Shepton Mallet", "BA4", 51.190, -2.547),
            Town("Wellington", "TA21", 50.979, -3.226),
            Town("Wells", "BA5", 51.209, -2.647),
            Town("Yeovil", "BA20", 50.941, -2.637),
        ),
    ),
    Place(
        "South Gloucestershire",
        "803",
        80,
        0.01,
        (
            Town("Kingswood", "BS15", 51.461, -2.508),
            Town("Bradley Stoke", "BS32", 51.533, -2.544),
            Town("Downend", "BS16", 51.489, -2.505),
            Town("Filton", "BS34", 51.509, -2.577),
            Town("Thornbury", "BS35", 51.609, -2.521),
            Town("Warmley", "BS30", 51.455, -2.479),
            Town("Yate", "BS37", 51.541, -2.418),
        ),
    ),
    Place(
        "Swindon",
        "866",
        75,
        0.009,
        (
            Town("Swindon", "SN1", 51.556, -1.783),
            Town("Swindon", "SN2", 51.580, -1.785),
            Town("Swindon", "SN3", 51.560, -1.745),
            Town("Haydon Wick", "SN25", 51.594, -1.799),
            Town("West Swindon", "SN5", 51.566, -1.829),
            Town("Wroughton", "SN4", 51.525, -1.792),
        ),
    ),
    Place(
        "Torbay",
        "880",
        40,
        0.008,
        (
            Town("Torquay", "TQ1", 50.469, -3.513),
            Town("Torquay", "TQ2", 50.478, -3.548),
            Town("Paignton", "TQ3", 50.440, -3.575),
            Town("Paignton", "TQ4", 50.424, -3.567),
            Town("Brixham", "TQ5", 50.393, -3.516),
        ),
    ),
    Place(
        "Wiltshire",
        "865",
        130,
        0.02,
        (
            Town("Trowbridge", "BA14", 51.319, -2.206),
            Town("Amesbury", "SP4", 51.173, -1.780),
            Town("Calne", "SN11", 51.438, -2.005),
            Town("Chippenham", "SN15", 51.459, -2.116),
            Town("Corsham", "SN13", 51.434, -2.185),
            Town("Devizes", "SN10", 51.352, -1.995),
            Town("Marlborough", "SN8", 51.420, -1.729),
            Town("Salisbury", "SP1", 51.072, -1.793),
            Town("Salisbury", "SP2", 51.071, -1.822),
            Town("Warminster", "BA12", 51.205, -2.181),
            Town("Westbury", "BA13", 51.258, -2.187),
        ),
    ),
)
