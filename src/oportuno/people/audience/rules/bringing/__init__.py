"""Reading contacts out of the files of other programs: which column is what, what a vCard says, what a row means."""
