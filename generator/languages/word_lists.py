"""Words that name nothing: function words of the languages met most, blog furniture, and code; and private words.

The private ones stand by language in `private_life.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

_ENGLISH = """
zero five six seven eight nine ten cool various rode went drove season
announce announced announcing available bottom bunch detail detailed details fast faster free general great hope improve
improved improvement improvements install installed introducing major minor nice stuff super thoughts topic welcome
a about above actually after again against ago all almost alone along already also although always am among an and
another any anybody anyone anything anyway anywhere are aren't around as ask asked asking at away back bad be became
because become been before began begin behind being believe below best better between big bit both but by call
called came can can't cannot case cases certain certainly change changed changes come comes coming could couldn't
course days day did didn't different do does doesn't doing don't done down during each easy either else end enough
especially even ever every everybody everyone everything example fact far feel few final finally find first for
found four from full further gave get gets getting give given gives giving go goes going gone good got great guess
had hadn't half hand happen happened hard has hasn't have haven't having he hello help her here hers herself him
himself his hold hope how however hundred i i'd i'll i'm i've idea if important in indeed instead interesting into
is isn't it it's its itself just keep kept kind knew know known knows large last lately later latest least leave
left less let let's like likely little long look looked looking looks lot lots made make makes making many may maybe
me mean means meant might mine minutes moment month months more morning most mostly much must my myself name near
need needed needs neither never new next nice night no nobody none nor not note nothing now nowhere number of off
often oh ok okay old on once one ones only onto open or other others our ours ourselves out over own part parts past
people perhaps person piece place pretty probably problem problems put quite rather read reading real really reason
recent recently right said same saw say saying says second see seem seems seen several shall she short should
shouldn't show shows side simple simply since small so some somebody someone something sometimes somewhat soon sort
start started starting still stop such sure take taken takes taking talk talking tell ten than thank thanks that
that's the their them themselves then there there's therefore these they they're thing things think thinking third
this those though thought three through time times to today together told tomorrow too took toward towards tried
tries true try trying turn turned turns twice two under unless until up upon us use used useful uses using usual
usually very via want wanted wants was wasn't way ways we we'd we'll we're we've week weeks well went were weren't
what what's whatever when where whether which while who whole whom whose why will with within without won't wonder
word words work worked working works world would wouldn't write writes writing written wrong wrote year years yes
yesterday yet you you'd you'll you're you've young your yours yourself
"""
_OTHER_LANGUAGES = """
der die das den dem des ein eine einen einem einer eines und oder aber nicht auch auf aus bei bin bis bist dass doch
durch für gegen hat hatte haben habe ich ihr ihm ihn immer ist kann kein keine können man mehr mein mich mir mit muss
nach noch nur ohne schon sehr sein seine sich sie sind über um uns unter viel vom von vor war waren warum was weil wenn
wer werden wie wieder wir wird wurde zu zum zur zwischen hier dann diese dieser dieses jetzt heute
le la les un une des du de et ou mais donc car ne pas plus que qui quoi dont où ce cette ces cet il elle ils elles nous
vous je tu on son sa ses leur leurs mon ma mes ton votre notre est sont était être avoir fait faire dans sur sous avec
sans pour par très bien aussi comme tout tous toute toutes même peu peut cela ça entre après avant alors encore
el los las unos unas del al y o pero no más que quien como cuando donde este esta estos estas ese esa eso lo su sus mi
mis tu tus nos se es son era ser estar está están hay con sin por para muy bien también todo todos toda todas ya si
il lo gli uno una e ma non più che chi cui dove questo questa questi queste quello mio tuo suo loro ci si è sono era
essere avere con senza per molto bene anche come tutto tutti
o os as um uma uns umas do da dos das no na nos nas ao e mas não mais que quem onde este esta isso seu sua meu minha
é são foi ser estar com sem por para muito bem também como tudo todos
het een de en of maar niet wel ook op uit bij voor naar om aan met zonder van dat die dit deze wij jij hij zij ik mijn
jouw zijn haar ons hun was waren wordt worden heb heeft hebben kan kunnen moet zo dan nog meer veel
"""
_FURNITURE = """
article articles blog blogs blogging comment comments link links linked page pages post posted posts newsletter reader
readers subscribe update updated updates website site sites http https www com org html edit edited share shared tweet
twitter email rss feed archive archives tag tags category published author section chapter
january february march april may june july august september october november december monday tuesday wednesday thursday
friday saturday sunday
"""
STOP_WORDS = frozenset(f"{_ENGLISH} {_OTHER_LANGUAGES} {_FURNITURE}".split())

_CODE = """
args argv bool char cls const def del elif elem else endif enum err expr extern fmt foo func impl import include int
iter kwargs lambda len let main mod mut namespace null nullptr num obj param params pre print printf println pub ptr
quux ret return self sizeof src std stderr stdin stdout str struct sudo switch tmp todo typedef typename uint unwrap
usize util utils val var vec void bar baz
"""
CODE_WORDS = frozenset(_CODE.split())


@lru_cache(maxsize=1)
def _private() -> dict[str, dict[str, list[str]]]:
    """The data file, by language and kind."""
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(
        files("generator.languages").joinpath("private_life.yaml").read_text(encoding="utf-8")
    )
    return raw


@lru_cache(maxsize=4)
def sensitive_words(language: str = "en") -> frozenset[str]:
    """Words of health, faith, politics, sex and origin; empty for a language without a list."""
    return frozenset(_private().get(language, {}).get("touchy", ()))


@lru_cache(maxsize=4)
def _intimate(language: str) -> re.Pattern[str]:
    """Any private or touchy word of a language."""
    kinds = _private()[language]
    forms = (
        re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for entry in sorted({*kinds["touchy"], *kinds["private"]})
    )
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def mentions_private_life(sentence: str, language: str = "en") -> bool:
    """Whether a sentence touches on family, home, health, faith, politics, sex or origin.

    Args:
        sentence: what is to be shown.
        language: it is in; one without a list is looked at as English, which much of it may be.
    """
    return bool(_intimate(language if language in _private() else "en").search(sentence))
