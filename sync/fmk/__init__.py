"""The medicine card of Fælles Medicinkort (FMK), Denmark's shared medicine record, as its web service answers."""
