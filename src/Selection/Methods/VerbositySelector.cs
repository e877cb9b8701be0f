namespace NaturalThoughts.Selection.Methods;

/// <summary>Uniform over the candidates whose verbosity score lies in the band.</summary>
internal sealed class VerbositySelector(VerbosityOptions options) : ISelector
{
    public IReadOnlyList<string> Needs => [];

    public IReadOnlyList<string> Select(IReadOnlyList<Candidate> candidates, int size, Draws draws)
    {
        List<Candidate> band = [.. candidates.Where(candidate => candidate.Signals.Verbosity >= options.Min && candidate.Signals.Verbosity <= options.Max)];
        return band.Count >= size
            ? [.. draws.Permute(band).Take(size).Select(candidate => candidate.Id)]
            : throw Shortage.Error(
                SelectionMethod.Verbosity,
                size,
                band.Count,
                candidates.Count,
                $"have a verbosity of {options.Min} to {options.Max}",
                "Select fewer, widen the band (verbosity.min, verbosity.max), or enlarge the pool.");
    }
}
