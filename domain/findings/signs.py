"""The patterns by which a German text may give a client away, each for what it alone shows."""

import re

IGNORE = re.IGNORECASE

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTH_NAME = (
    r"(?:Jan(?:uar)?|Jän(?:ner)?|Feb(?:ruar)?|Mär(?:z)?|Mrz|Apr(?:il)?|Mai|Juni?|Juli?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)"
)
_CENTURY = r"(?:19|20)\d\d"

DATE = re.compile(
    rf"(?<![\d.]){_DAY} ?\. ?{_MONTH} ?\. ?(?P<dotted>{_CENTURY}|\d\d)(?!\d)"
    rf"|(?<![\d/-]){_DAY}(?P<mark>[/-]){_MONTH}(?P=mark)(?P<slashed>{_CENTURY})(?!\d)"
    rf"|(?<!\d)(?P<iso>{_CENTURY})-(?:0[1-9]|1[0-2])-{_DAY}(?!\d)"
    rf"|(?<!\d){_DAY}\.? ?{_MONTH_NAME}\.? ?(?P<worded>{_CENTURY}|\d\d)(?!\d)",
    IGNORE,
)
"""Day, month and year. One of the named groups has the year, of two digits or four."""

YEAR = re.compile(rf"(?<!\d){_CENTURY}(?!\d)")

BORN = re.compile(
    r"\bgeb(?:\.|(?= ?[\d(:]))|\bgeboren\w*|\bgeburts(?:datum|tag|jahr|jahrgang)\b|\bborn\b"
    r"|\bgeb\.?-?dat\w*\.?|\*(?= ?\d)",
    IGNORE,
)
"""What says that the date beside it is a birthday."""

ADDRESS = re.compile(
    r"[\w.+%-]{1,64}(?:@| ?[(\[]at[)\]] ?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", IGNORE
)

NUMBER_DIALLED = re.compile(r"(?<![\w.,/-])\(?(?:\+\d|00\d|0)\d*(?:[ ()/-]{0,3}\d)*")
"""What may be a phone number if it is long enough."""

NUMBER_CALLED_PHONE = re.compile(
    r"\b(?:tel|telefon|handy|mobil|fax|durchwahl|rufnummer)\w{0,12}\.?[ :]{0,3}(?:nr\.?)?[ :]{0,2}"
    r"[+(]?\d[\d /()-]{2,20}\d",
    IGNORE,
)

_NAMED = r"[ :.#=]{0,4}(?=[\w./-]{0,20}\d)[\w./-]{1,40}"
_NUMBER = r"[- ]?(?:nummern?|nr\b\.?|kennung|id\b)"

FILE_NUMBER_NAMED = re.compile(
    rf"(?:\baz\b\.?|\baktenzeichen|\bgeschäftszeichen|\bgz\b\.?|\bgesch\.? ?-?z\b\.?){_NAMED}"
    r"|\b(?:akten?|vorgangs?|bg|bedarfsgemeinschafts?|azr|kunden|ausweis|pass|steuer|identifikations"
    r"|(?:sozial|renten|kranken)?versicher(?:ungs|ten)|matrikel|register)"
    rf"{_NUMBER}{_NAMED}",
    IGNORE,
)

FILE_NUMBER = re.compile(
    # of a court, of a job agency, of a jobcentre, of the pension insurance, of a bank account
    r"\b\d{1,4} [A-Z][A-Za-z]{0,3} \d{1,5}/\d{2}(?:\d{2})?\b"
    r"|\b\d{3}[A-Za-z]\d{6}\b|\b\d{5}//\d{5,7}\b|\b\d{2} ?\d{6} ?[A-Za-z] ?\d{3}\b"
    r"|\b[A-Za-z]{2}\d{2}(?: ?\d{4}){4,7}(?: ?\d{1,3})?\b"
    # a number that long counts nothing
    r"|(?<![\d.,+(])\d{9,}(?!\d)",
)

CASE_NUMBER = re.compile(
    rf"\b(?:fall|klient(?:in|en|innen)?|client|case|teilnehm(?:er|ende)\w{{0,3}}|hilfeplan)"
    rf"{_NUMBER}{_NAMED}"
    r"|(?<!jedem )(?<!diesem )\bfall #?\d+(?! ?%)|\bfall[-_/]\d[\w/-]*"
    r"|\b(?:klient(?:in)?|client) #?\d+",
    IGNORE,
)

SALUTATION = re.compile(r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Familie|Fam\.|Eheleute|Geschwister)(?= )")
TITLES = re.compile(r"dr|prof|dipl|ing|med", IGNORE)
OFFICES = re.compile(
    r"bürgermeister|bürgermeisterin|dezernent|dezernentin|landrat|landrätin|minister"
    r"|ministerin|ministerpräsident|ministerpräsidentin|staatssekretär|staatssekretärin",
    IGNORE,
)
"""Who is addressed by these words is not a client."""

_WORD = r"([^\W\d_]+(?:[-'’][^\W\d_]+)*)"

NEXT_WORD = re.compile(rf" ?{_WORD}\.?")
NAMES_BEFORE = re.compile(rf"(?<![^\W\d_]){_WORD}(?:, ?| ){_WORD}\.?[ ,;:(*†-]{{1,4}}$")
NAMES_AFTER = re.compile(rf"[ ,;:)|-]{{1,4}}{_WORD}(?:, ?| ){_WORD}")

NOT_A_NAME = re.compile(
    r"ab|agentur|am|amt|arbeitsgruppe|arbeitstreffen|bericht|berufskolleg|beschluss|bis"
    r"|dienstag|donnerstag|erhebung|erlass|freitag|gemeinde|gespräch|jobcenter|kim|kommune"
    r"|kreis|lenkungsgruppe|mittwoch|montag|protokoll|samstag|schreiben|seit|sitzung|sonntag"
    r"|stadt|stand|termin|treffen|vom|zuletzt|zum",
    IGNORE,
)
"""Words that are written large before a date without being part of a name."""

_THINGS_THAT_LAST = r"(?! +(?:ausbildung|aufenthalt|frist|förder|kurs|laufzeit|projekt|wartezeit))"
_NUMERAL = r"(?:\w{0,20}(?:zehn|zig)|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|elf|zwölf)"

AGE = re.compile(
    rf"(?<!bis )(?<!und )(?<!\d)(?<!\d-)\d{{1,3}} ?-?jährig\w{{0,2}}\b{_THINGS_THAT_LAST}"
    rf"|\b{_NUMERAL}jährig\w{{0,2}}\b{_THINGS_THAT_LAST}"
    r"|(?<!bis )(?<!\d)(?<!\d-)\d{1,3} jahre? alt\b|\balter[: ]{1,3}\d{1,3}(?!\d)"
    r"|(?<![\d-])\d{1,3} ?(?:j\.|jahre?)(?= ?[,;)])",
    IGNORE,
)
"""How old one person is; a range of ages is no sign."""

AGE_ALONE = re.compile(r"\(\d{1,2}(?=[,;)])")
"""A number that is an age where a nationality stands beside it."""

NATIONALITY = re.compile(
    r"\b(?:afghan|alban|algeri|angol|armenis|armenie|aserbaidsch|äthiop|ägypt|bangla|belarus"
    r"|bosn|brasil|bulgaris|bulgarie|burund|chines|china\b|elfenbeink|eritre|gambi|georgis"
    r"|georgie|ghana|griech|guine|inder\b|inderin|indisch|indien|irak|iran|italienis|italie"
    r"|ivor|jemen|jesid|kamerun|kasach|kirgi|kolumb|kongo|kosov|kroat|kurd|lettis|lettland"
    r"|libane|libano|litau|mali\b|malisch|malier|marokk|mazedon|moldau|moldaw|mongol|montenegr"
    r"|nepal|nigeri|nordmazed|pakistan|palästin|philippin|poln|polen|pole\b|polin\b|portug|roma\b"
    r"|ruand|rumän|russ|senegal|serb|somal|spanis|spanie|sri lanka|staatenlos|sudan|syr|tadschik"
    r"|tamil|thail|togo|tschetsch|tunes|turkmen|türk|ukrain|ungar|usbek|venez|vietnam|weißruss"
    r"|weissruss|yezid)\w*",
    IGNORE,
)
