"""Pages of questions and experts: public ones, sellers', the market's staff's."""
