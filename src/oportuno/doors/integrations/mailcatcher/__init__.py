"""The mail catcher of development mode: speaks SMTP, keeps every mail, delivers none.

A process of its own: `python -m oportuno.doors.integrations.mailcatcher`, listening on 127.0.0.1:2525 or on what
`OPORTUNO_CATCHER` says (host:port). Its mails lie as a Maildir in `caught-mail` of the market's home, the 1,000 newest;
the operator reads them at /desk/<operator>/correo-de-prueba/. To try what goes wrong, write to somebody at

    busy.test       "451 try again later"
    nobody.test     "550 no such person"
    broken.test     the mail is kept, and the connection breaks before the answer
"""
