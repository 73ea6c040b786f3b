"""Pure rules of questions, answers and credibility."""
