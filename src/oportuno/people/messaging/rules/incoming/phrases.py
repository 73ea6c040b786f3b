"""What mail servers say, and what they mean: facts seen in their manuals, sources and answers.

Read from above: what is said more exactly stands first ("mailbox full" before "user … unavailable"). The names of the
reasons are those that Sisimai made common. Sources: RFC 5321, the texts of Postfix, Exim, Sendmail, qmail, Exchange,
Domino, GroupWise, Courier and OpenSMTPD, the help pages of Gmail, Outlook, Yahoo, iCloud, and Sisimai's lists of
reasons (BSD-2-Clause).
"""

from __future__ import annotations

import re

PHRASES: tuple[tuple[str, str], ...] = (
    (
        "mailboxfull",
        r"mail ?box(?:es)? (?:is |are |has |size |disk |storage |quota )?(?:full|over ?quota|exceeded|would exceed|limit)|(?:mailbox|inbox|mailfolder|maildrop|folder|account).{0,40}(?:\bfull\b|over ?quota|storage space|out of (?:storage|space)|exceed)"
        r"|full mailbox|quota (?:exceeded|violation|exceed|usage exceeded)|exceed\w* (?:\w+ ){0,4}(?:quota|storage|mailbox|disk space)|over ?(?:\w+ ){0,3}quota|overquota|quotaexceeded|disk ?quota|userdisk quota|out of storage"
        r"|not enough (?:storage )?space|does not have enough space|too many messages on the server|space has been used up|too much mail data|storage allocation|STOREDRV\.(?:Deliver|Submit)\S*.{0,30}quota"
        r"|boite (?:du destinataire|aux lettres)? ?(?:est )?pleine|bo[iî]te (?:aux lettres |de r[ée]ception )?(?:est |du destinataire )?(?:pleine|satur)|quota d[ée]pass[ée]"
        r"|buz[oó]n (?:de(?:l)? (?:\w+ ){1,3})?(?:est[aá] )?(?:lleno|completo|sin espacio)|(?:cuota|espacio)(?: \w+){0,3} (?:excedid|superad|agotad)|ha (?:superado|excedido) (?:su|la) (?:cuota|l[ií]mite de (?:espacio|almacenamiento))|buz[oó]n.{0,40}ha (?:superado|excedido)"
        r"|caixa (?:postal|de (?:correio|entrada))(?: \w+){0,4} (?:cheia|lotada)|cota(?: \w+){0,3} (?:excedida|ultrapassada)|postfach (?:\w+ ){0,3}(?:voll|überfüllt|ueberfuellt)|kontingent.{0,30}(?:überschritten|erschöpft)|speicherplatz.{0,30}(?:überschritten|erschöpft)|casella (?:\w+ ){0,3}piena",
    ),
    (
        "systemfull",
        r"no space left|insufficient (?:system|disk) (?:storage|resources|space)|disk (?:is )?full|out of disk space|mail system full|not enough (?:disk|system) space|espacio insuficiente en (?:el )?disco",
    ),
    (
        "hasmoved",
        r"(?:has|have) (?:moved|been (?:replaced|changed|moved)) (?:to|by)|(?:e-?mail )?address has (?:changed|been replaced)|user has moved|no longer on server|recipient no longer|not our customer|moved, address unknown|new (?:e-?mail )?address (?:is|:)|cambi[oó] (?:su|de) (?:direcci[oó]n|correo)",
    ),
    (
        "suspend",
        r"(?:account|mailbox|user|recipient|address|destinatario|cuenta|buz[oó]n|conta|compte|boite)\S*(?: \S+){0,8}? (?:(?:currently |temporarily |temporary |been |is |está |ha sido )*(?:suspended|disabled|deactivated|inactive|frozen|locked|terminated|discontinued|archived|suspendid[oa]|deshabilitad[oa]|desactivad[oa]|inactiv[oa]|bloquead[oa]|desativad[oa]|archivee|désactivé|suspendu)\b)"
        r"|inactive (?:user|account|mailbox|recipient)|(?:disabled|suspended|deactivated|dormant) (?:user|account|recipient|mailbox)|recipient suspend|user suspended|domain is disabled|temporarily inactive|extended inactivity|account unavailable|konto (?:ist )?(?:gesperrt|deaktiviert)",
    ),
    (
        "notaccept",
        r"does not (?:accept|receive) (?:any )?(?:e-?)?mail\b|domain (?:\S+ )?does not accept mail|null ?mx|recipient address has null mx|not accepting network messages|smtp protocol returned a permanent error|no mail (?:is )?accepted here|host does not (?:receive|accept) mail|nicht für den empfang|no longer accepts? (?:any )?(?:e-?)?mail",
    ),
    (
        "requireptr",
        r"reverse dns|\bptr\b|rdns|fcrdns|no (?:reverse|matches to nameserver)|cannot (?:find|resolve) your (?:reverse )?hostname|reverse (?:hostname|lookup)|hostname lookup|forward-confirmed|client host rejected: cannot find",
    ),
    (
        "authfailure",
        r"\bspf\b|\bdkim\b|\bdmarc\b|sender policy framework|domainkeys|does not pass authentication|unauthenticated (?:e-?mail|mail|sender)|authentication (?:checks?|results?|information) (?:failed|required)|5\.7\.(?:509|515|20|21|22|23|24|26|27|30)\b",
    ),
    (
        "spamdetected",
        r"\bspam(?:my|ming|assassin| ?content| ?score| ?message| ?filter| ?detected)?\b(?!haus|cop)|unsolicited|\bjunk\b|bulk e-?mail|looks? like (?:spam|phish)|phishing|message (?:content )?(?:was )?(?:rejected|blocked) (?:by|as|due to) (?:content|spam)|high spam|correo (?:no deseado|basura)|content[- ]filter|blacklisted url|rejected by (?:the )?content|not RFC 5322 compliant",
    ),
    ("virusdetected", r"\bvirus\b|malware|infected|trojan|\bworm\b|dangerous attachment|executable (?:content|attachment)"),
    (
        "mesgtoobig",
        r"(?:message|mail|e-?mail|size|attachment|body|line|mensaje|nachricht)(?: \S+){0,6}? (?:too (?:big|large|long)|exceeds?|limit exceeded|demasiado grande|zu gro(?:ß|ss)|trop (?:gros|volumineux))|too (?:big|large) (?:message|mail)|size limit|maximum (?:message|allowed) size|max(?:imum)? message size|line limit|resolver\.rst\.(?:send|recip)sizelimit|larger than|message size|tama[ñn]o m[aá]ximo|exceeds (?:the )?(?:maximum|size)|tamaño del mensaje",
    ),
    (
        "speeding",
        r"rate (?:that prevents|limit|control|exceed)|ratelimit|rate-limit|too (?:many|much) (?:messages|mails?|emails?|recipients|mail) (?:\S+ ){0,4}(?:per|in|within|sent|from|received)|receiving mail (?:at )?too (?:quickly|fast)|too (?:fast|quickly|frequent)|throttl|mail flood|try slowing|message rate|sending rate|daily (?:sending |user |user sending )?(?:limit|quota)|hourly limit|exceeded (?:the )?(?:max(?:imum)? )?(?:number of )?(?:messages|recipients|emails) (?:per|allowed)",
    ),
    (
        "toomanyconn",
        r"too many (?:\S+ ){0,4}(?:connections?|sessions?)|connection (?:rate|limit|frequency)|concurrent (?:smtp )?(?:connections|sessions)|maximum (?:number of )?(?:connections|sessions)|reached (?:the )?maximum connections|too many (?:hops|recipients)?\s*connect",
    ),
    (
        "norelaying",
        r"relay(?:ing)?(?: \S+){0,4} (?:denied|not (?:permitted|allowed|authorized)|prohibited|disallowed|refused)|(?:unable|not (?:allowed|permitted|authorized)|refus\S*|cannot|can't|won't|no permission|authentication required) to relay|not (?:a )?relay|no relay|open relay|relay access|relay attempt|relay not|rcpthosts|not a gateway|mail server doesn't relay|authentication is required for relay|se deniega (?:la )?retransmisi",
    ),
    (
        "blocked",
        r"black ?-?list|block ?list|\brbl\b|dnsbl|spamhaus|spamcop|sorbs|barracuda(?:central)?|abuseat|blocked (?:using|by|for|due|- see|because)|(?:ip|host|client|server|address|network|mail from|connections?)(?: \S+){0,6}? (?:is |are |was |were |been |has been )(?:\w+ )?(?:blocked|banned|listed|blacklisted|denied)|banned (?:sending )?ip|client host rejected|bad (?:sender )?ip|bad reputation|poor reputation|low reputation|ip reputation|reputation of|sender ip|your ip\b|client ip\b|mismatches|dynamic ip|helo command rejected|invalid ip for sending|unexpected volume or user complaints|connection (?:refused by|dropped|reset|was dropped)|refused to talk to me|service not available, closing|not accepting connections|go away|access from ip|mail server at \S+ is blocked|temporarily deferred|you are not allowed to connect|not allowed to send mail from|confirm this mail server|lista negra|bloquead[oa] (?:por|debido)",
    ),
    (
        "filtered",
        r"recipient(?:s)? (?:preferences|is only accepting)|only accepting mail from|user rules|user reject|you have been blocked by the recipient|resolver\.rst\.notauthorized|resolver\.rst\.restrictedtorecipients|restricted sms|refuse to receive|has been rejected by the recipient|rejected by (?:the )?(?:recipient|user)(?!'?s? domain)|not authorized to send (?:to|e-?mail)|is protected by|not accepting mail from (?!dynamic)|is not accepting any mail|recipient has blocked|delivery restriction|don't have permission|do not have permission|no tiene(?:s)? (?:los )?permiso|no tengas? permiso|different address or alias|sólo acepta|solo acepta",
    ),
    (
        "rejected",
        r"sender(?:'s)?(?: e-?mail| domain)?(?: address)?(?: \S+){0,3}? (?:rejected|denied|invalid|blocked|verif\S+ failed|not (?:accepted|allowed|pre-approved|authori[sz]ed)|is empty|unknown|required|does not exist)|sender (?:verify|verification|callout)|invalid sender|bogus mail from|null sender|empty envelope sender|unroutable sender|bad sender|from address|mail from (?:\S+ )?(?:not|refused|rejected)|domain of sender|batv|backscatter|members?-only|not (?:a )?(?:member|subscribed|subscriber|allowed to post|registered gateway)|posting (?:is )?(?:restricted|not allowed)|non-member|permission to post|not have permission to (?:send|post)|you tried to contact|may not exist, or you may not have permission|administrative prohibition|no such sender|5\.1\.[78]\b|envelope blocked|does not (?:allow|accept) (?:mail|messages) from|not identified|no such domain .{0,40}in (?:mail )?from|email address is not verified|remitente (?:rechazad|no (?:permitid|autorizad|válid))",
    ),
    (
        "hostunknown",
        r"host (?:or domain name )?(?:not found|unknown|lookup failed)|unknown host|host unknown|no such (?:domain|host)|domain (?:name )?(?:\S+ )?(?:not found|does not exist|doesn't exist|must exist|is unknown|unknown|couldn't be found|could not be found|isn't|is not (?:valid|reachable))|unknown (?:mail )?domain|domain must resolve|name or service not known|unrout(?:e)?able (?:mail )?(?:address|domain)|nxdomain|non-?existent domain|can(?:'t|not) find (?:any host|a(?:n)? (?:mx|exchanger)|the domain)|couldn't find any host|cannot find (?:a|an|your|the) (?:mail exchanger|route|domain|host)|no route to domain|bad destination system|invalid domain|no (?:mx|valid mail exchanger|mail exchangers?)|mx (?:record )?(?:points to|lookup)|dns (?:error|lookup)\S* .{0,60}(?:not found|does not exist|nxdomain|no such)|(?:an )?all relevant mx records point to non-existent|\bdns domain\b.{0,80}does not exist|domain name not found|el dominio (?:\S+ )?(?:no existe|no se (?:ha )?encontr)|no se (?:ha )?encontr(?:ó|o|ado) el dominio|dom[ií]nio (?:\S+ )?não (?:existe|encontrado|foi encontrado)|domain (?:existiert nicht|nicht gefunden)|domaine (?:inconnu|introuvable|inexistant)|RFC 1035 violation",
    ),
    (
        "userunknown",
        r"(?:user|account|mailbox|recipient|address|addressee|alias|local[- ]part|mail ?box|customer|person|username|rcpt|subscriber|inbox|e-?mail)\S*(?: \S+){0,8}? (?:(?:is |was |are |were |be )?(?:unknown|not (?:exist|found|known|valid|listed|recognized|recognised|present|available|local|ok|active|a (?:known|valid)|be found|in)\b|does(?:n.?t| not) exist|no longer (?:exists?|valid|available|active|in use)|non-?exist\S*|invalid|unavailable|couldn.?t be found|could not be found|wasn.?t found|undeliverable|unroutable))"
        r"|(?:unknown|invalid|no such|non-?existent|bad|incorrect|unrecognized|undeliverable|illegal|nonexistent|not (?:a )?valid|no valid|not a known|not an active|no mailbox|wrong|mistyped) (?:\S+ )?(?:user|account|mailbox|recipient|address|addressee|alias|local|e-?mail|person|customer|name|destination mailbox|rcpt|subscriber|spectator|uid)"
        r"|5\.1\.1[ ,;:)]|#5\.1\.1|5\.1\.10\b|no (?:account|mailbox|user|mail box|one|person) (?:by|with|at|of|here|found|named|available)|(?:isn.?t|is not|not) (?:in|on|from|listed in|found in|present in) (?:my |our |the |domino |this )?(?:\S+ )?(?:directory|table|list|database|address ?book|validrcptto|server|system)|name directory|can.?t accept user|doesn.?t have an? \S+ account|missing home directory|badr(?:cpt|ecipient)|no thank you rejected|recipient address rejected(?:\.|: access denied|:? ?$)|destination server rejected recipients|addresses were unknown|resolver\.adr\.|recipient ?not ?found|recipnotfound|not listed in|does not exist here|there is no one|no such (?:person|user|recipient|address|mailbox)|no valid recipients|unknown or illegal alias|\bunknown user|\buser unknown|user_unknown|unknown_user|recipient not accepted|delivery to this address is not|mailbox not (?:allowed|local)|is not a (?:valid|known|local)|hop count exceeded - possible.{0,20}unknown"
        r"|no existe (?:dicha|ese|esa|el|la|este|esta|ning[uú]n)? ?(?:persona|usuario|direcci[oó]n|buz[oó]n|cuenta|destinatario)?|(?:usuario|destinatario|direcci[oó]n|cuenta|buz[oó]n)(?: \S+){0,8}? (?:desconocid[oa]|inexistente|inv[aá]lid[oa]|no (?:existe|encontrad[oa]|v[aá]lid[oa]|disponible|es v[aá]lid[oa]|se (?:ha )?(?:encontr|pudo encontrar)))|no se (?:ha )?(?:encontr(?:ó|o|ado)|pudo encontrar)(?: \S+){0,4} (?:direcci[oó]n|usuario|destinatario|buz[oó]n|cuenta)"
        r"|(?:usu[aá]rio|destinat[aá]rio|endere[çc]o|conta|caixa postal)(?: \S+){0,8}? (?:desconhecid[oa]|inexistente|inv[aá]lid[oa]|não (?:existe|encontrad[oa]|foi encontrad[oa]))|n[aã]o (?:foi poss[ií]vel encontrar|existe)|(?:empfänger|benutzer|adresse|postfach|konto|mailbox)(?: \S+){0,8}? (?:unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden|existent)|ungültig)|unbekannter (?:benutzer|empfänger)|(?:utilisateur|destinataire|adresse|compte|boîte)(?: \S+){0,8}? (?:inconnue?|introuvable|inexistante?|invalide|n.existe (?:pas|plus))|utente (?:sconosciuto|simile|inesistente)|nessun utente|destinatario sconosciuto",
    ),
    (
        "policyviolation",
        r"polic(?:y|ies)|organi[sz]ational settings|header (?:error|are not accepted)|illegal attachment|protocol violation|potential(?:ly)? (?:security|dangerous)|security (?:issue|reasons|polic)|content presents a potential|closed mailing list|captcha|prohibited attachment|attachments? (?:are |is )?not (?:allowed|accepted)|blocked because its content|pol[ií]tica|richtlinie",
    ),
    (
        "contenterror",
        r"non-ascii|smtputf8|8bitmime|mime (?:error|conversion)|malformed|header (?:syntax|missing|line)|missing (?:header|subject|from|date|message-id)|improper use of 8-bit|multiple (?:from|subject|to) headers|syntax of (?:the )?message|conversion (?:required|not)|loop detected in header|bare (?:lf|cr)",
    ),
    (
        "expired",
        r"expired|timeout exceeded|deliver\S* failed (?:after )?\d+ (?:attempts|times)|after \d+ (?:failed )?(?:attempts|tries)|(?:luego|despu[eé]s) de \d+ intentos|retry time(?:out)?|(?:not|n.t) (?:be )?deliver\S*(?: \S+){0,4} (?:within|in) \d|(?:been|message) in (?:the )?queue too long|too long in (?:the )?queue|queue (?:period|lifetime|time|too long)|queued for too long|for (?:the )?(?:last |past )?[\d.]+ ?(?:hours?|days?|minutes?|seconds?|horas|d[ií]as)|giving up|gave up|delivery (?:has )?time(?:d)? ?-?out|will (?:not )?(?:be )?retr\S+|is not responding|not responding|no response from|could not be delivered for|max(?:imum)? (?:retr|number of (?:delivery )?attempts)|connect(?:ion)? timed out|timed? ?out|undeliverable for|delayed|host not reachable|has been delayed",
    ),
    (
        "networkerror",
        r"connection (?:refused|failed|closed|lost)|could not connect|couldn't connect|can't connect|cannot connect|unable to connect|no route to host|network (?:is )?unreachable|host (?:is )?unreachable|mail loop|loops? back|too many hops|hop count|routing loop|loop detected|name server|server did not accept our requests to connect|temporary (?:lookup|resolution) failure|dns (?:failure|error|problem|server)|lookup failure|tls (?:negotiation|handshake|required|not available)|starttls|no se pudo conectar|lost connection|message (?:is )?looping|exceeded maximum hop|unable to (?:route|resolve)|mail for \S+ loops",
    ),
    (
        "mailererror",
        r"(?:command|program|pipe|procmail|mailer|x-unix)(?: \S+){0,6}? (?:error|died|failed|exit(?:ed)?|died with|returned|not found)|x-unix;|local (?:delivery|configuration) (?:failed|error)|mail(?:er)? error|exit(?:ed)? (?:with )?(?:status|value|code)|unknown mailer error|command output|service unavailable; x-unix|returned (?:non-zero|exit)",
    ),
    (
        "securityerror",
        r"(?:access|permission) denied|authentication (?:failed|required)|not (?:authori[sz]ed|permitted)|unauthori[sz]ed|delivery not authori[sz]ed|must (?:issue|use) (?:a )?starttls|must be encrypted|encryption|requires authentication|you are not authori[sz]ed|insecure|certificate|acceso denegado|prohibited",
    ),
    (
        "systemerror",
        r"(?:internal|local|system|server|temporary|configuration|processing|transaction|operating system) (?:\S+ )?(?:error|failure|problem|fail(?:ed)?)|system (?:is )?not (?:available|capable)|service (?:currently |temporarily )?(?:unavailable|not available|refuse)|temporar\S+ (?:unavailable|error|failure|rejected|deferr\S+|reject|problem)|can't create|cannot (?:open|create|lock)|try again later|please try later|resources temporarily|requested (?:mail )?action aborted|error in processing|unable to process|greylist|graylist|grey-?listed|please retry|deferred|out of memory|unexpected(?:ly)? (?:error|failure)|mail server (?:is )?(?:down|busy)|error interno|servicio no disponible|system resources|too busy",
    ),
)

COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in PHRASES)
LONGEST_TOLD = 2_000


def reason_told(text: str) -> str:
    """The reason that a server's words give, or nothing."""
    said = " ".join(text[:LONGEST_TOLD].split())
    return next((name for name, pattern in COMPILED if pattern.search(said)), "")
