using System.Globalization;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Selection.Methods;

/// <summary>The error of a method that cannot give as many questions as asked.</summary>
internal static class Shortage
{
    public static UserErrorException Error(string method, int size, int available, int candidates, string what, string hint) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{method} cannot select {size} questions: {available} of {candidates} candidates {what}."),
        "size",
        hint);
}
