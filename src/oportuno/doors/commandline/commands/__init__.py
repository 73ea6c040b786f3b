"""The commands, in the order in which `./oportuno --help` shows them.

A command is a module here with a click command or group called `command`. It is imported only when
it runs, so that `--help` is quick and one broken command does not take the others with it.
Another one is another line: its name, its module, and what it does in a few words.
"""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "up": ("up", "Open the market here: database, web and worker, until Ctrl-C."),
    "doctor": ("doctor", "Look whether everything is well, and say what to do where it is not."),
    "backup": ("backup", "Write the whole market into one file."),
    "restore": ("restore", "Bring back a market from such a file."),
    "arm": ("arm", "Let a restored market send messages again."),
    "forget": ("forget", "Erase again whom an older backup brought back."),
    "migrate": ("migrate", "Bring the database's tables up to date."),
    "pack": ("pack", "Install a vertical: flowers, software, your own."),
    "seed": ("seed", "Fill an empty market with a demo."),
    "import": ("import_", "Bring a file in: a catalogue, contacts, a site."),
    "export": ("export", "Take a file out: a seller's catalogue."),
    "mail": ("mail", "Say what a mail that came in is: a bounce, a complaint, an answer."),
    "segments": ("segments", "Count whom the conditions of a segment mean."),
    "sms": ("sms", "Count the parts of a text message before it is sent."),
    "reindex": ("reindex", "Put everything into search again."),
    "routes": ("routes", "List every address and who may use it."),
    "slots": ("slots", "List the places on pages that other applications fill."),
    "invariants": ("invariants", "Count where the market's promises do not hold; 0 is well."),
    "messages": ("messages", "Gather messages for translation, and compile them."),
    "web": ("web", "Serve pages only (one of several machines)."),
    "worker": ("worker", "Do waiting jobs only (one of several machines)."),
    "manage": ("manage", "Django's own commands, for developers."),
    "test": ("run_tests", "Run the tests, with all they need."),
    "check": ("check", "Everything a change must pass: format, types, imports, tests."),
    "bench": ("bench", "Measure speed, and compare it with what is promised."),
}
