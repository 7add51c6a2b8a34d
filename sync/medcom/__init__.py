"""MedCom's messages in OIOXML ("Det gode …"): letters between hospital, doctor and municipality."""
