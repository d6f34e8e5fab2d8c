"""Patterns of what is said beside an advert and never in one: two tables, with an example of each kind."""

# Lines that are never advert wherever they stand, with an example of each.
CERTAIN: tuple[str, ...] = (
    r"^-{2,}\s?(?:original|forwarded) message\s?-*",  # -----Original Message-----
    r"^begin forwarded message:?|^on .{6,90} wrote:$|^on (?:mon|tue|wed|thu|fri|sat"
    r"|sun)\w*,? \d{1,2} \w{3,9},? 20\d\d\b.{0,90}$|^\S+@\S+> wrote:$|^>",  # On Fri, 27 Nov 2026, Jo wrote:
    r"^(?:sent from (?:my|outlook)|get outlook for)\b",  # Sent from my iPhone
    r"\bthis (?:e-?mail|message)(?: and any| is|,| may| has| transmission| contains)"
    r"|\bif you (?:have received|are not) (?:this|the|that) (?:e-?mail|message|intended|person)"
    r"|^not accept liability|\bintended (?:solely |only )?(?:for|recipient)",
    r"\bconfidential and\b.{0,60}\b(?:intended|addressee|privileged)|\bscanned for viruses"
    r"|\bvirus(?:es)?\b.{0,40}\b(?:liab|check|scan)|\bliab\w+.{0,30}\bvirus",
    r"^please consider the environment|\bbefore printing this\b|\bthink before you print",
    r"\bregistered (?:in|office|charity|company)\b|\bcompany (?:no|number|reg)|\bexempt charity\b"
    r"|\bcompany limited by guarantee\b|\bVAT (?:no|reg)",
    r"^(?:page )?\d{1,2} (?:of|/) \d{1,2}$|^.{0,40}\bpage \d{1,2} of \d{1,2}$|^page \d{1,2}\b.{0,12}$"
    r"|^\d{1,2}\s?\|\s?p ?a ?g ?e\b"
    r"|^-\s?\d{1,2}\s?-$",  # Page 1 of 2; 2 | P a g e
    r"^file\s?:|\.(?:indd|qxd)\b|^[^.!?]{3,90}\.(?:docx?|pdf|odt|pub)$|^[A-Z]:\\",  # Teacher advert v3 FINAL (2).docx
    r"^(?:commented|comment|deleted|formatted|inserted|field code changed)\s?(?:\[[\w ]{1,8}\])?\s?:",  # Commented [JB1]: hours?
    r"^(?:comment|note|question|query|reply|reminder|message|suggestion)s? (?:from|for|to|by)"
    r" (?!applicants?|candidates?|all\b|ECTs?\b|visitors)[\w ]{2,25}\s?[:–-]",  # Comment from Sam: is this too long?
    r"^[^.!?]{0,60}\b(?:draft|version)\s?\d{1,2}\b.{0,80}$|\bchanges? (?:accepted|agreed|approved|tracked"
    r"|(?:shown )?in (?:red|yellow))\b"
    r"|^(?:amended|updated|revised|edited|checked|approved|signed off|last (?:saved|edit(?:ed)?))(?: and \w+)? (?:by"
    r"|on|was|\d).{0,60}$"
    r"|^[^.!?]{0,70}\b(?:advert|ad|vacancy|wording|copy)\b[^.!?\w]{0,4}v\.?\s?\d{1,2}\b.{0,80}$"
    r"|^(?!.*:).{0,80}(?-i:\b[A-Z]{2} to )(?:check|confirm|approve|amend|add|advise)\b|^(?:working|clean) copy\b.{0,60}$"
    r"|^(?:for|awaiting) (?:the )?(?:chair|governors?|HR|head|SLT)(?:’s?|'s?)? (?:to )?(?:approv"
    r"|sign)",  # Cook ad – v3, JM to check
    r"^\[[a-z]{1,2}\](?=\w)|^click or tap here\b",  # [a]Is this right? from Google Docs
    r"^printed (?:on|from|by)\b.{0,60}$|^\d{1,2}/\d{1,2}/20\d\d,? \d{1,2}:\d\d\b.{0,120}$|^https?://\S+ \d{1,2}/\d{1,2}$",
    r"\boriginated (?:from )?outside\b|^\[?external(?: e-?mail| sender)?\]?\s?(?:[:–-]|$)|\bdon(?:’|')t often get e-?mail"
    r"|\blearn why this is important|^unsubscribe\b|^(?:please note )?(?:that )?(?:my|our) (?:working|usual"
    r"|office) (?:days|hours) (?:are|is)\b",
    r"^(?:draft|shared draft|for (?:approval|checking)|version \d|v\d)\b.{0,100}$"
    r"|^\[[^\]]{3,60}\]$|^\[?(?:please )?(?:insert|add) (?:\w+ ){0,2}(?:logo|crest|picture)|^\[?(?:school )?logo\b.{0,30}$",
    r"^(?:©|copyright\b|\(c\) )|^all rights reserved|\b(?:web)?site (?:design|by|built)"
    r"|^(?:website )?designed by|^powered by|^(?:privacy|cookie|accessibility|terms)\b[\w ,&|]{0,40}$"
    r"|^site ?map$",
    r"\b(?:we|this (?:web)?site) uses? cookies|^accept(?: all)?(?: cookies)?$|^(?:manage|reject)(?: all)?(?: cookies)?$",
    r"^[«‹<←]?\s?back to\b|^apply(?: for this (?:job|post|role|vacancy))?(?: online)?(?: now)?[!»›>]?$"
    r"|^(?:share|save|print|email)(?: (?:this )?(?:job|vacancy|page|post|advert|on \w+))+\b.{0,30}$"
    r"|^(?:share|print|tweet|like|menu|search|home|login|log in|sign in|register)$",
    r"^(?:job )?(?:posted|published|listed|added|last updated|updated|date posted|advertised"
    r"|advert posted)(?: on| by|:|\s+\d).{0,60}$",  # Posted: 24/11/2026
    r"^(?:tags?|categor(?:y|ies)|filed under|views?|job views|applicants)\s?:|^leave a (?:reply|comment)"
    r"|^(?:no |\d+ )?comments?$|^(?:previous|next|older|newer) (?:post|job|vacancy)|^skip to\b|^read more"
    r"|^view (?:all|more)|^(?:sign up|subscribe|get job alerts|job alerts?|set up)\b.{0,60}$|^follow us"
    r"|^you are here|^home\s?[>»/|]",
    r"^(?:invoice|invoices?|invoicing|bill(?:ing)?|purchase order|order|account|cost code|insertions?"
    r"|edition|issue|bulletin|(?:booked|ordered|authorised|requested|submitted|approved) by|size|publication(?: date)?"
    r"|advert (?:size|type)|(?:number of )?weeks to run|run for|date(?:s)? to appear|copy deadline|price|logo|colour"
    r"|date of (?:issue|edition))\b[^:]{0,25}:",  # Edition: 7/12/26 - 1 week
    r"^(?:signed|cost (?:agreed|approved)|price agreed|payment|charged? to|send (?:the )?(?:invoice|bill) to|budget(?: code)?"
    r"|nominal"
    r"|authorisation)\b[^:]{0,25}:",  # Signed: J Bolt
    r"\bno\.? of insertions\b|\bnumber of insertions\b|\b\d col(?:umns?)? x \d",
    r"^.{3,60}\s[–|-]\s(?:job )?(?:vacanc(?:y|ies)|recruitment|advert(?:isement)?)"
    r"(?:\s[–|-]\s.{3,25})?$",  # OTTERVALE SCHOOL – VACANCY
)
# What a school says to the publisher wherever it stands, and never to a reader, with an example of each.
TO_PUBLISHER: tuple[str, ...] = (
    r"\bgreensheets\b|\blet me know\b",
    r"\b(?:in|for|into|make|of|book|from) (?:the |our )?(?:this|next|following|coming|(?:this |next )?monday(?:’|')?s"
    r"|(?:this|next) week(?:’|')?s|\d{1,2}\w* \w+)(?: \d{4})? (?:edition|issue|bulletin|paper)\b",  # in Monday's edition
    r"\b(?:edition|issue|bulletin)s? (?:please|only|of \d)",  # Support bulletin only please
    r"\b(?:put|place|run|include|insert|publish|print) (?:this|it|the|these|our)\b.{0,40}\b(?:edition|issue|bulletin"
    r"|next week|this week|week|monday|\d{1,2}(?:st|nd|rd|th)|7 dec)",  # please run it for two weeks
    r"\b(?:the|our|this) (?:advert|ad|copy|wording) (?:is )?(?:attached|below|as discussed)\b|\blogo (?:is )?attached",
    r"\b(?:full|half|quarter)[- ]page\b|\bbox ad(?:vert)?\b|\bcol(?:umn)?s? x \d",  # Can we have a full page?
    r"\binvoice (?:to|the|us|for|as|straight|address)\b|\bsend (?:the |an |your )?invoice|\bbill (?:the"
    r"|us)\b|\bcost (?:code|centre)"
    r"|\b(?:PO|purchase order|order)(?: (?:number|no\.?|ref))?(?: is|:|#)? ?[A-Z]{0,5}[/-]?\d{3,}|\b(?-i:PO)(?::| is| ref)",
    r"\bproof (?:to|back|before|please|by|copy)|\b(?:see|send|want|have) a proof\b",
    r"\bignore (?:the|my) (?:last|previous|earlier)|\buse this version|\bfinal (?:wording|version)\b",
    r"\bnot for (?:circulation|publication|print)|\bfor internal use|\binternal only|\bdo not (?:print|publish) this",
    r"\b(?:chop|cut|trim|shorten|lose|take out)\b.{0,30}\b(?:words?|lines?|paragraphs?|sentences?)\b|\bok (?:to"
    r"|for) (?:send|go|print|publish)\b"
    r"|\bfits? (?:in(?:to)? |on )?(?:the|a|our|one) (?:\w+ )?(?:box|space|column|page)\b"
    r"|\b(?:goes|going) (?:to (?:print|press|you|greensheets)|live)\b",  # cut 40 words so it fits the small box
    r"\b(?:to|please|can you) (?:check|approve|proofread)\b.{0,40}\b(?:send|before|then|please)\b",  # Anna to check, then send
)
