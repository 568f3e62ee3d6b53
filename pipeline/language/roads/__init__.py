"""`nb_road_ruler`: E18, M4, riksvei 3, Rv. 7, Ring 3 are places."""
