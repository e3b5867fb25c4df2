"""The parts of the papers page: making papers, their register, their words."""
