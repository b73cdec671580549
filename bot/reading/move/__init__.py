"""Who wants to move, where to, and whom they follow."""
