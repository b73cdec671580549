"""The hotline desk: the same packs and the same engine as the residents' bot, for staff with a caller on the line."""
