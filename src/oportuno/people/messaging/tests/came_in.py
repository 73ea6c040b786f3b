"""Mails as the world sends them, written after the manuals and sources of the programs named; addresses are made up."""

from __future__ import annotations

REPORT = """From: {sender}
To: bounce@mercado.example
Subject: {subject}
MIME-Version: 1.0
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="=-x"

--=-x
Content-Type: text/plain; charset=utf-8

{text}

--=-x
Content-Type: message/delivery-status

{status}

--=-x
Content-Type: message/rfc822

Return-Path: <bounce@mercado.example>
From: Rosales de Alba <alba@mercado.example>
To: {to}
Subject: Rosas de temporada
Message-ID: <0197-aa@mercado.example>

Hola
--=-x--
"""


def report(
    status: str,
    *,
    text: str = "",
    to: str = "ana@cliente.example",
    subject: str = "Undelivered Mail",
    sender: str = "MAILER-DAEMON@mx.example",
) -> bytes:
    return REPORT.format(status=status, text=text, to=to, subject=subject, sender=sender).encode()


def plain(text: str, *, subject: str, sender: str = "MAILER-DAEMON@mx.example", headers: str = "") -> bytes:
    return f"From: {sender}\nTo: bounce@mercado.example\nSubject: {subject}\n{headers}Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


POSTFIX_UNKNOWN = report(
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@cliente.example\nOriginal-Recipient: rfc822;ana@cliente.example\n"
    "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mail.cliente.example\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <ana@cliente.example>: Recipient address\n    rejected: User unknown in virtual mailbox table"
)
POSTFIX_LATE = report(
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@cliente.example\nAction: delayed\nStatus: 4.4.1\n"
    "Diagnostic-Code: X-Postfix; connect to mail.cliente.example[192.0.2.7]:25: Connection timed out\nWill-Retry-Until: Fri, 27 Nov 2026 10:00:00 +0000",
    subject="Delayed Mail (still being retried)",
)
DELIVERED = report(
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@cliente.example\nAction: delivered\nStatus: 2.0.0",
    subject="Successful Mail Delivery Report",
)
EXCHANGE_SPANISH = report(
    "Reporting-MTA: dns;BN8PR.namprd10.prod.outlook.com\n\nFinal-Recipient: rfc822;ana@cliente.example\nAction: failed\nStatus: 5.1.10\n"
    "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ana@cliente.example not found by SMTP address lookup",
    text="No se pudo entregar el mensaje a ana@cliente.example. No se encontró ana en cliente.example.",
    subject="No se puede entregar: Rosas de temporada",
    sender="postmaster@cliente.example",
)
GMAIL_FULL = report(
    "Reporting-MTA: dns; googlemail.com\n\nFinal-Recipient: rfc822; ana@gmail.example\nAction: failed\nStatus: 5.2.2\n"
    "Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space and inactive.",
    to="ana@gmail.example",
)
OUTLOOK_BLOCKS = report(
    "Reporting-MTA: dns;mx.example\n\nFinal-Recipient: rfc822;ana@hotmail.example\nAction: failed\nStatus: 5.7.1\n"
    "Diagnostic-Code: smtp;550 5.7.1 Unfortunately, messages from [203.0.113.9] weren't sent. Please contact your Internet service provider "
    "since part of their network is on our block list (S3150).",
    to="ana@hotmail.example",
)
TWO_OF_THREE = report(
    "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ana@cliente.example\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 no such user\n\nFinal-Recipient: rfc822; luis@cliente.example\nAction: delivered\nStatus: 2.1.5\n\n"
    "Final-Recipient: rfc822; eva@cliente.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full"
)
NO_BLANK_LINES = report(
    "Reporting-MTA: dns; mx.example\nFinal-Recipient: rfc822; ana@cliente.example\nAction: failed\nStatus: 5.1.2\n"
    "Final-Recipient: rfc822; eva@otro.example\nAction: failed\nStatus: 5.1.1"
)
GMAIL_NEW = plain(
    "** Address not found **\n\nYour message wasn't delivered to ana@gmail.example because the address couldn't be found, or is unable to receive mail.\n\n"
    "The response was:\n\n550 5.1.1 The email account that you tried to reach does not exist.",
    subject="Delivery Status Notification (Failure)",
    sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
    headers="X-Failed-Recipients: ana@gmail.example\n",
)
EXIM = plain(
    "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
    "recipients. This is a permanent error. The following address(es) failed:\n\n  ana@cliente.example\n    host mail.cliente.example [192.0.2.7]\n"
    "    SMTP error from remote mail server after RCPT TO:<ana@cliente.example>:\n    550 No such user here\n\n"
    "------ This is a copy of the message, including all the headers. ------\n\nReturn-path: <bounce@mercado.example>\nTo: ana@cliente.example, otro@cliente.example\n",
    subject="Mail delivery failed: returning message to sender",
)
EXIM_LATE = plain(
    "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\n"
    "recipients after more than 24 hours on the queue on mx.example.\n\nThe address to which the message has not yet been delivered is:\n\n  ana@cliente.example\n\n"
    "No action is required on your part. Delivery attempts will continue for\nsome time, and this warning may be repeated.",
    subject="Warning: message 1nX-0001 delayed 24 hours",
)
QMAIL = plain(
    "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<ana@cliente.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    "<eva@otro.example>:\nuser is over quota\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <bounce@mercado.example>\nTo: ana@cliente.example\n",
    subject="failure notice",
)
SENDMAIL_OLD = plain(
    "The original message was received at Mon, 23 Nov 2026 10:00:00 -0500\nfrom localhost\n\n   ----- The following addresses had permanent fatal errors -----\n"
    "<ana@cliente.example>\n    (reason: 550 Host unknown)\n\n   ----- Transcript of session follows -----\n550 5.1.2 <ana@cliente.example>... Host unknown (Name server: cliente.example: host not found)",
    subject="Returned mail: see transcript for details",
)
DOMINO = plain(
    "Your message\n\n  Subject: Rosas de temporada\n\nwas not delivered to:\n\n  ana@cliente.example\n\nbecause:\n\n  User ana (ana@cliente.example) not listed in Domino Directory\n",
    subject="DELIVERY FAILURE: User ana (ana@cliente.example) not listed in Domino Directory",
    sender="Postmaster@cliente.example",
)
MDAEMON = plain(
    "The attached message had PERMANENT fatal delivery errors.\n\nYOUR MESSAGE WAS NOT DELIVERED TO ANY OF ITS INTENDED RECIPIENTS!\n\nFailed address: ana@cliente.example\n\n"
    "--- Session Transcript ---\n RCPT TO:<ana@cliente.example>\n 550 5.1.1 Recipient unknown",
    subject="Permanent Delivery Failure",
    sender="MDaemon@mx.example",
)
SPANISH_ISP = plain(
    "Este mensaje fue creado automáticamente por el servidor de correo.\n\nNo se pudo entregar su mensaje a los siguientes destinatarios:\n\n"
    "<ana@cliente.example>: el usuario no existe\n",
    subject="Correo no entregado",
    sender="Sistema de correo <postmaster@isp.example>",
)
PORTUGUESE = plain(
    "Não foi possível entregar a sua mensagem ao destinatário abaixo:\n\n  ana@cliente.example\n\nMotivo: a caixa postal do destinatário está cheia.\n",
    subject="Falha na entrega da mensagem",
    sender="postmaster@isp.example",
)
GERMAN = plain(
    "Ihre Nachricht konnte nicht zugestellt werden.\n\nEmpfänger: ana@cliente.example\nGrund: 550 Empfänger unbekannt\n",
    subject="Unzustellbar: Rosas de temporada",
    sender="postmaster@isp.example",
)
FRENCH = plain(
    "Votre message n'a pas pu être remis au destinataire suivant :\n\n<ana@cliente.example> : destinataire inconnu\n",
    subject="Échec de la remise",
    sender="postmaster@isp.example",
)

COMPLAINT = b"""From: feedback@isp.example
To: abuse@mercado.example
Subject: FW: Rosas de temporada
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=-y"

--=-y
Content-Type: text/plain

This is an email abuse report.

--=-y
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <ana@cliente.example>
Source-IP: 192.0.2.1

--=-y
Content-Type: message/rfc822

From: alba@mercado.example
To: redacted@cliente.example
Message-ID: <0197-bb@mercado.example>
Subject: Rosas de temporada

Hola
--=-y--
"""

AWAY_SPANISH = plain(
    "Hola, estaré fuera de la oficina hasta el lunes. Para urgencias escribe a luis@cliente.example.",
    subject="Respuesta automática: Rosas de temporada",
    sender="Ana <ana@cliente.example>",
    headers="Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\n",
)
AWAY_PORTUGUESE = plain("Estou de férias e volto no dia 10.", subject="Resposta automática: Rosas", sender="Ana <ana@cliente.example>")
AWAY_GERMAN = plain("Ich bin bis Montag nicht im Büro.", subject="Abwesenheitsnotiz: Rosas", sender="Ana <ana@cliente.example>")
AWAY_FRENCH = plain("Je suis absente jusqu'à lundi.", subject="Réponse automatique : Rosas", sender="Ana <ana@cliente.example>")
AWAY_ENGLISH = plain("I am out of the office with no access to mail.", subject="Out of Office: Rosas", sender="Ana <ana@cliente.example>")
ECHO = plain("We got your message.", subject="Ticket received", sender="help@cliente.example", headers="Auto-Submitted: auto-replied\n")

PERSON = plain(
    "Sí, quiero dos docenas.\nGracias,\nAna\n\nEl lun, 23 nov 2026 a las 10:00, Rosales de Alba (<alba@mercado.example>) escribió:\n\n> Hola Ana\n> ¿Cuántas rosas quieres?\n",
    subject="Re: Rosas de temporada",
    sender="Ana <ana@cliente.example>",
)
PERSON_ON_FAILURE = plain(
    "Your invoice could not be delivered, I was not at home. Can you bring it to eva@otro.example or ring me?",
    subject="Re: delivery problem",
    sender="Ana <ana@cliente.example>",
)
OUTLOOK_REPLY = plain(
    "Confirmado.\n\nSaludos,\nAna\n\n________________________________\nDe: Rosales de Alba <alba@mercado.example>\nEnviado: lunes, 23 de noviembre de 2026 10:00\n"
    "Para: Ana <ana@cliente.example>\nAsunto: Rosas\n\nHola Ana",
    subject="RE: Rosas",
    sender="Ana <ana@cliente.example>",
)
ABOUT_A_PARCEL = plain(
    "Hi, the parcel could not be delivered, call me at eva@otro.example.",
    subject="Delivery problem with my order 55",
    sender="Ana <ana@cliente.example>",
)
BULLETIN = plain(
    "Our mailbox is full of offers! Delivery failed? Never. Write to sales@tienda.example.",
    subject="Mail delivery made easy",
    sender="News <news@tienda.example>",
    headers="List-Id: <n.tienda.example>\n",
)
ONLY_A_LOCAL_PART = plain(
    "Message not delivered to the following:\n\n    ana.maria    User unknown\n",
    subject="Message undeliverable",
    sender="Mail Delivery Subsystem <postmaster@cliente.example>",
)
AWAY_BY_A_PHONE = plain("No estoy.", subject="Re: Rosas", sender="Ana <ana@cliente.example>", headers="X-Apple-Action: OOO/VACATION\n")
