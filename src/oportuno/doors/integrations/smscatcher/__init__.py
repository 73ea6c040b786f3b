"""The catcher of text messages in development mode: speaks Kannel's and Twilio's wire formats, keeps every text, sends none.

A process of its own: `python -m oportuno.doors.integrations.smscatcher`, listening on 127.0.0.1:2526 or on what
`OPORTUNO_SMS_CATCHER` says (host:port). Its texts lie in `caught-sms` of the market's home, the 1,000 newest; the
operator reads them at /desk/<operator>/sms-de-prueba/. It reports each as delivered to the address it was given. To try
what goes wrong, write to a number that ends in

    0001    "503 try again later"; nothing is kept
    0002    "400 refused"
    0003    the text is kept, and the connection breaks before the answer
    0004    it is taken, and reported as undeliverable
"""
