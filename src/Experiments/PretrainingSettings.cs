using NaturalThoughts.Experiments.Data;

namespace NaturalThoughts.Experiments;

/// <summary>How the base student is made where no checkpoint is given.</summary>
/// <param name="Training">The recipe.</param>
/// <param name="Corpus">What it is trained on.</param>
/// <param name="Examples">Examples of the corpus.</param>
/// <param name="Tokenizer">The folder of its tokenizer.</param>
public sealed record PretrainingSettings(TrainingSettings Training, RecordSource Corpus, int Examples, RecordSource Tokenizer);
