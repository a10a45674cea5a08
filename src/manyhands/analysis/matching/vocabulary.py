"""Words that say little about which organization it is, and the many ways to write one word. All folded."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _spellings(text: str) -> dict[str, str]:
    """From lines of "one spelling: others"."""
    lines = (line.split(":") for line in text.splitlines() if ":" in line)
    return {other: word.strip() for word, others in lines for other in others.split()}


#: Legal forms of many languages, dropped from the end of a name: they are left out, added and changed freely.
LEGAL_FORMS = _words(
    """
    inc incorporated corp corporation co company llc llp lp plc ltd limited pllc pc pbc cic cio scio pty npc
    npo gmbh ggmbh mbh ag ev eg kg ug gug kgaa sa sas sarl sasu snc scop asbl aisbl vzw ivzw scrl sprl sl
    slu sau srl srls spa scarl onlus odv ets ac ipss lda ltda eireli bv nv ab asa aps oy oyj ry rf rp sro zs
    ops zu doo dd zrt kft bt ad ood eood sia uab ou mtu gk kk pte bhd
    """
)
#: Long enough to be known when mistyped at the end of a name.
LONG_LEGAL_FORMS = ("incorporated", "corporation", "limited")
#: Those that are no word of any name, so they go wherever they stand: "Clinic Inc, The".
ONLY_LEGAL = _words(
    """
    inc incorporated llc llp ltd gmbh ggmbh asbl aisbl onlus sarl sprl
    """
)
#: Words that tie others together and are left out or changed freely.
SMALL_WORDS = _words(
    """
    the a an of for and in on at to by with from or as und der die das des dem den fur im am von vom zu zur
    zum et le la les l de du d pour en au aux y el los las del para por e o os do da dos di il lo gli della
    dello degli delle dei per i van het een voor te ter og och av af ja na w z u
    """
)
#: One spelling for each word that is often cut short or written in several ways.
ONE_SPELLING = _spellings(
    """
    association: assn assoc asso asn ass assocation
    university: univ uni
    international: intl int internatl
    national: natl nat nationl
    department: dept dep
    center: ctr cntr centre cent
    organization: organisation orgn org organiz
    organizations: organisations orgs
    foundation: fdn fndn fnd found foundtn
    society: soc
    committee: cmte comte ctte cttee
    commission: commn
    government: govt gov
    services: svc svcs serv service
    institute: inst
    american: amer
    hospital: hosp
    cooperative: coop
    academy: acad
    college: coll
    school: sch
    district: dist
    federation: fed fedn
    council: cncl coun
    conference: conf
    development: devel dev
    education: educ ed edu
    management: mgmt mgt
    community: cmty comty
    county: cnty cty
    church: ch chrch
    memorial: mem meml
    research: res
    technology: tech
    mount: mt
    fort: ft
    saint: st ste sainte sankt sint
    labor: labour
    program: programme
    theater: theatre
    defense: defence
    neighborhood: neighbourhood
    neighbors: neighbours
    color: colour
    1: first
    2: second
    3: third
    4: fourth
    5: fifth
    6: sixth
    7: seventh
    8: eighth
    9: ninth
    """
)
#: Words that name a part of a larger body. "Guild" and "Guild, Northern Chapter" are two actors.
PART_WORDS = _words(
    """
    chapter branch local lodge post section unit affiliate auxiliary division region regional subcommittee
    chapitre antenne delegation seccion sede capitulo ortsverband ortsgruppe landesverband kreisverband
    regionalgruppe bezirk afdeling sezione filiale club council district grange troop pack den camp temple
    aerie state county city parish diocese province north south east west northern southern eastern western
    central northeast northwest southeast southwest northeastern northwestern southeastern southwestern
    upper lower greater youth junior women womens men mens students student alumni friends parents
    foundation fund trust pac action
    """
)
#: In front of a number and without meaning of their own.
NUMBER_SIGNS = _words("no nr number num numero")

#: Mail providers whose addresses say nothing about an organization.
FREE_MAIL = _words(
    """
    gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com hotmail.com hotmail.co.uk
    hotmail.fr outlook.com outlook.fr outlook.de live.com live.co.uk msn.com aol.com icloud.com me.com
    mac.com proton.me protonmail.com protonmail.ch pm.me gmx.de gmx.net gmx.at gmx.ch web.de t-online.de
    freenet.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr comcast.net verizon.net
    att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net btinternet.com sky.com
    virginmedia.com libero.it virgilio.it tiscali.it alice.it seznam.cz centrum.cz wp.pl o2.pl onet.pl
    interia.pl mail.ru yandex.ru qq.com 163.com 126.com naver.com daum.net bigpond.com optusnet.com.au
    rogers.com shaw.ca sympatico.ca uol.com.br bol.com.br terra.com.br zoho.com mail.com fastmail.com
    tutanota.com tuta.io hey.com rediffmail.com ukr.net abv.bg bluewin.ch skynet.be telenet.be ziggo.nl
    """
)
#: Pages on these sites belong to whoever made them, not to the site.
SHARED_SITES = _words(
    """
    facebook.com fb.com twitter.com x.com instagram.com linkedin.com youtube.com wordpress.com wixsite.com
    weebly.com squarespace.com blogspot.com github.io google.com sites.google.com linktr.ee meetup.com
    eventbrite.com medium.com substack.com bsky.app mastodon.social tiktok.com netlify.app herokuapp.com
    carrd.co godaddysites.com
    """
)
#: Second-level names under which organizations register, so that the third is theirs.
SHARED_ENDINGS = _words(
    """
    co com org net ac edu gov gob gouv or ne asso ong mil nhs sch ltd plc me web id
    """
)
