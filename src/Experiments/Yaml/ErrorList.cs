using NaturalThoughts.Contracts;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>Collects what a user got wrong, so that all of it is told at once.</summary>
internal sealed class ErrorList
{
    private readonly SortedSet<(Mark At, string Message, string Hint)> _errors = [];

    public int Count => _errors.Count;

    public void Add(Mark at, string message, string hint) => _errors.Add((at, message, hint));

    /// <summary>Throws when there are any, in the order of files, lines and columns.</summary>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new UserErrorException([.. _errors.Select(error => new UserError(error.Message, error.At.ToString(), error.Hint))]);
        }
    }
}
