"""Records that may mean the same actor: found, judged, joined and taken apart; contact cards and sign-on lists."""
