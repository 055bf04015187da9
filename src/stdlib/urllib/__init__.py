"""Addresses of the web; there is no network to fetch anything from."""
