"""Pages of sites: public ones, and those of the workbench."""
