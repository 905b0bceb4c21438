"""Disclosure and privacy duties by region: reminders with links to the authorities, not legal advice.

The pages linked to, not this file, are the law's word.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.view_models import WebLink


@dataclass(frozen=True, slots=True)
class ComplianceNotes:
    """One region's reminders."""

    region: str
    disclosure: str
    privacy: str
    links: tuple[WebLink, ...]


REGIONS: dict[str, ComplianceNotes] = {
    "uk": ComplianceNotes(
        "United Kingdom",
        "Anything given for a mention, money or goods, makes it advertising: it must be obvious before people engage. "
        "The ASA and the CMA hold brand, agency and author responsible alike.",
        "Names and addresses of people are personal data even when published: have a lawful basis (usually legitimate "
        "interests, weighed and written down), tell people where you got their data when you first write and within "
        "a month at the latest, stop when they object. E-mail marketing to individuals, sole traders included, needs "
        "consent under PECR.",
        (
            WebLink(
                "ASA and CAP: recognising ads", "https://www.asa.org.uk/advice-online/recognising-ads-social-media.html"
            ),
            WebLink(
                "CMA: social media endorsements",
                "https://www.gov.uk/government/publications/social-media-endorsements-guide-for-influencers",
            ),
            WebLink(
                "ICO: direct marketing",
                "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/",
            ),
        ),
    ),
    "eu": ComplianceNotes(
        "European Union",
        "Paid or gifted content that is not clearly marked is an unfair practice (Directive 2005/29/EC, annex I, "
        "no. 11); member states add wording of their own.",
        "The GDPR covers published contact data: a lawful basis, information within a month and at first contact "
        "(article 14), an absolute right to object to marketing (article 21). Unsolicited e-mail marketing to "
        "individuals needs prior consent (ePrivacy Directive, article 13).",
        (
            WebLink(
                "Influencer legal hub of the Commission",
                "https://commission.europa.eu/live-work-travel-eu/consumer-rights-and-complaints/influencer-legal-hub_en",
            ),
            WebLink("Directive 2005/29/EC", "https://eur-lex.europa.eu/eli/dir/2005/29/oj"),
            WebLink("GDPR, Regulation 2016/679", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
            WebLink("ePrivacy, Directive 2002/58/EC", "https://eur-lex.europa.eu/eli/dir/2002/58/oj"),
        ),
    ),
    "us": ComplianceNotes(
        "United States",
        "A material connection (money, gifts, a job, a friendship) must be disclosed clearly and conspicuously where "
        "the endorsement stands; the brand answers for it too (16 CFR part 255).",
        "Commercial e-mail needs true headers, a postal address and a working way out, honoured within ten business "
        "days (CAN-SPAM). State laws, California's first, give people rights over their data.",
        (
            WebLink(
                "FTC: disclosures 101",
                "https://www.ftc.gov/business-guidance/resources/disclosures-101-social-media-influencers",
            ),
            WebLink(
                "Endorsement guides, 16 CFR part 255",
                "https://www.ecfr.gov/current/title-16/chapter-I/subchapter-B/part-255",
            ),
            WebLink(
                "FTC: CAN-SPAM guide",
                "https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business",
            ),
        ),
    ),
    "canada": ComplianceNotes(
        "Canada",
        "Material connections must be disclosed with each post; both the advertiser and the author answer for it under "
        "the Competition Act.",
        "CASL asks for consent before a commercial message. A business address that a person publishes conspicuously, "
        "without a word against such mail, can count as implied consent where the message concerns their role.",
        (
            WebLink("CRTC: anti-spam law", "https://crtc.gc.ca/eng/internet/anti.htm"),
            WebLink("Ad Standards", "https://adstandards.ca/"),
            WebLink("Privacy Commissioner", "https://www.priv.gc.ca/en/"),
        ),
    ),
    "australia": ComplianceNotes(
        "Australia",
        "Advertising must be distinguishable as such (AANA Code of Ethics 2.7); leaving out a commercial relationship "
        "can mislead under the Australian Consumer Law.",
        "Commercial e-mail needs consent (express, or inferred from a published business address that says nothing "
        "against it), a true sender and a way out (Spam Act 2003).",
        (
            WebLink("ACMA: avoid sending spam", "https://www.acma.gov.au/avoid-sending-spam"),
            WebLink("ACCC", "https://www.accc.gov.au/"),
            WebLink("OAIC: privacy", "https://www.oaic.gov.au/privacy"),
        ),
    ),
}
SYNONYMS = {
    "gb": "uk",
    "united kingdom": "uk",
    "great britain": "uk",
    "britain": "uk",
    "england": "uk",
    "scotland": "uk",
    "wales": "uk",
    "european union": "eu",
    "europe": "eu",
    "eea": "eu",
    "usa": "us",
    "united states": "us",
    "u.s.": "us",
    "america": "us",
    "ca": "canada",
    "au": "australia",
}


def compliance_notes(region: str) -> tuple[tuple[ComplianceNotes, ...], tuple[ComplianceNotes, ...]]:
    """Reminders for the brief's region, and those for elsewhere; an unknown or empty region has all of them first."""
    wanted = [SYNONYMS.get(part.strip(), part.strip()) for part in region.casefold().replace("/", ",").split(",")]
    mine = tuple(duties for key, duties in REGIONS.items() if key in wanted)
    if not mine:
        return tuple(REGIONS.values()), ()
    return mine, tuple(duties for key, duties in REGIONS.items() if key not in wanted)
