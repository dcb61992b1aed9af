"""Mail as it travels: composing it into bytes, and handing it to a server."""
