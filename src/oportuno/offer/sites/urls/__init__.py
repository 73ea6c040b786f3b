"""Addresses of sites: in the workbench (`desk`), in the market below /v/<organisation>/ (`market`), on a domain of their own (`own`)."""
