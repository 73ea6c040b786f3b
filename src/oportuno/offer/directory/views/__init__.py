"""Pages of the workbench: a seller's own, and the market's."""
