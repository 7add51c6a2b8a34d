"""The groups of questions that a reader answers, one a file: `question` says what one is, `reader` names them all."""
