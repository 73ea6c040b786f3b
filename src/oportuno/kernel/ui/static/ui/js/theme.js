// Before the first paint, so that a page from a cache does not flash in the wrong colours, nor what scripts fold shows first.
document.documentElement.dataset.scripts = "";
const chosen = /(?:^|; )theme=(light|dark)/.exec(document.cookie);
if (chosen) document.documentElement.dataset.theme = chosen[1];
