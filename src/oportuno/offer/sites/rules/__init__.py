"""Pure rules of sites: addresses, menus, what one may do with an entry in its state."""
