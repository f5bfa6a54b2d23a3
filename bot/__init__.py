"""Keys, doors and bell: settings, assembly, HTTP server, heartbeat and command line."""
