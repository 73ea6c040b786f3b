"""Answers as people's programs write them, and what their writers wrote themselves: five languages, above and below the quote.

Each is (name, body, its writer's own words, content type).
"""

from __future__ import annotations

REPLIES: list[tuple[str, str, str, str]] = []
Q = "> Hola\n> ¿Quieres rosas?"


def t(name: str, body: str, own: str, kind: str = "text/plain") -> None:
    REPLIES.append((name, body, own, kind))


# fmt: off
t('gmail-es',f"Sí, quiero.\n\nEl lun, 23 nov 2026 a las 10:00, Alba (<alba@mercado.example>)\nescribió:\n\n{Q}","Sí, quiero.")
t('gmail-en',f"Yes.\n\nOn Mon, Nov 23, 2026 at 10:00 AM Alba <alba@mercado.example> wrote:\n\n{Q}","Yes.")
t('gmail-pt',f"Sim.\n\nEm seg., 23 de nov. de 2026 às 10:00, Alba <alba@mercado.example>\nescreveu:\n\n{Q}","Sim.")
t('gmail-de',f"Ja.\n\nAm Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Alba <alba@mercado.example>:\n\n{Q}","Ja.")
t('gmail-fr',f"Oui.\n\nLe lun. 23 nov. 2026 à 10:00, Alba <alba@mercado.example> a écrit :\n\n{Q}","Oui.")
t('apple-es',"Sí\n\nEnviado desde mi iPhone\n\n> El 23 nov 2026, a las 10:00, Alba <alba@mercado.example> escribió:\n> \n> Hola","Sí")
t('apple-en',"Yes\n\nSent from my iPhone\n\n> On Nov 23, 2026, at 10:00, Alba <alba@mercado.example> wrote:\n> \n> Hola","Yes")
t('apple-fr',"Oui\n\nEnvoyé de mon iPhone\n\n> Le 23 nov. 2026 à 10:00, Alba <alba@mercado.example> a écrit :\n> \n> Hola","Oui")
t('apple-de',"Ja\n\nVon meinem iPhone gesendet\n\n> Am 23.11.2026 um 10:00 schrieb Alba <alba@mercado.example>:\n> \n> Hola","Ja")
t('apple-pt',"Sim\n\nEnviado do meu iPhone\n\n> Em 23 de nov. de 2026, à(s) 10:00, Alba <alba@mercado.example> escreveu:\n> \n> Hola","Sim")
t('outlook-es',"Confirmado.\n\nDe: Alba <alba@mercado.example>\nEnviado: lunes, 23 de noviembre de 2026 10:00\nPara: Ana <ana@cliente.example>\nAsunto: Rosas\n\nHola","Confirmado.")
t('outlook-en',"Ok.\n\n________________________________\nFrom: Alba <alba@mercado.example>\nSent: Monday, November 23, 2026 10:00 AM\nTo: Ana\nSubject: Rosas\n\nHola","Ok.")
t('outlook-pt',"Ok.\n\nDe: Alba <alba@mercado.example>\nEnviada em: segunda-feira, 23 de novembro de 2026 10:00\nPara: Ana\nAssunto: Rosas\n\nHola","Ok.")
t('outlook-de',"Ok.\n\nVon: Alba <alba@mercado.example>\nGesendet: Montag, 23. November 2026 10:00\nAn: Ana\nBetreff: Rosas\n\nHola","Ok.")
t('outlook-fr',"Ok.\n\nDe : Alba <alba@mercado.example>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Ana\nObjet : Rosas\n\nHola","Ok.")
t('outlook-old',"Ok.\n\n-----Mensaje original-----\nDe: Alba\nEnviado el: lunes\nPara: Ana\nAsunto: x\n\nHola","Ok.")
t('outlook-en-old',"Ok.\n\n-----Original Message-----\nFrom: Alba\nSent: Monday\n\nHola","Ok.")
t('bold-heads',"Ok.\n\n*De:* Alba <alba@mercado.example>\n*Enviado:* lunes\n*Para:* Ana\n*Asunto:* x\n\nHola","Ok.")
t('bottom',"El 23/11/2026 a las 10:00, Alba escribió:\n> Hola\n> ¿Quieres rosas?\n\nSí, dos docenas.\nAna","Sí, dos docenas.\nAna")
t('bottom-en',"On 23/11/2026 10:00, Alba wrote:\n> Hola\n\nYes please\n","Yes please")
t('inline',"El 23/11/2026 10:00, Alba escribió:\n> ¿Rojas?\nSí\n> ¿Cuántas?\nDoce","Sí\n\nDoce")
t('yahoo-es',"Sí\n\n    El lunes, 23 de noviembre de 2026, 10:00:00 a. m. COT, Alba <alba@mercado.example> escribió:  \n \n Hola","Sí")
t('yahoo-en',"Yes\n\n    On Monday, November 23, 2026 at 10:00:00 AM EST, Alba <alba@mercado.example> wrote:  \n \n Hola","Yes")
t('android',"Vale\n\nEnviado desde Outlook para Android<https://aka.ms/x>\n________________________________\nDe: Alba\nEnviado: lunes\n","Vale")
t('samsung',"Vale\n\nEnviado desde mi Galaxy\n\n-------- Mensaje original --------\nDe: Alba\nFecha: x\nA: Ana\nAsunto: x\n\nHola","Vale")
t('thunder',f"Hola Alba,\n\nsí.\n\nEl 23/11/26 a las 10:00, Alba escribió:\n{Q}\n\n-- \nAna Pérez\nCliente S.A.","Hola Alba,\n\nsí.")
t('sig',"Sí.\n\n-- \nAna Pérez\nTel 555","Sí.")
t('nothing-quoted',"De acuerdo: mañana a las 10:00 paso por las rosas.\nDe: mí para ti.","De acuerdo: mañana a las 10:00 paso por las rosas.\nDe: mí para ti.")
t('only-quote',f"{Q}",Q)
t('html-gmail','<div dir="ltr">Sí, quiero.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">El lun, 23 nov 2026, Alba escribió:<br></div><blockquote>Hola</blockquote></div>',"Sí, quiero.",'text/html')
t('html-outlook','<html><body><p>Confirmado</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>De:</b> Alba<br><b>Enviado:</b> x</div><p>Hola</p></body></html>',"Confirmado",'text/html')
t('html-word','<html><body><p class=MsoNormal>Confirmado</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class=MsoNormal><b>De:</b> Alba &lt;alba@mercado.example&gt;<br><b>Enviado:</b> lunes<br><b>Para:</b> Ana<br><b>Asunto:</b> x</p></div><p>Hola</p></body></html>',"Confirmado",'text/html')
t('html-apple','<html><body>Sí<br><div>Enviado desde mi iPhone</div><div><br><blockquote type="cite">El 23 nov 2026, Alba escribió:<br></blockquote></div><blockquote type="cite">Hola</blockquote></body></html>',"Sí",'text/html')
# fmt: on
