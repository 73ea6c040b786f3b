"""Forms of sites in the workbench."""
