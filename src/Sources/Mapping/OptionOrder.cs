using System.Globalization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Records;

namespace NaturalThoughts.Sources.Mapping;

/// <summary>
/// Shuffles options. The order is a pure function of the question's id and the repeat: no other question, no order of rows and no
/// earlier draw plays a part, so that removing one question moves no other.
/// </summary>
public static class OptionOrder
{
    /// <summary>The repeat whose order a shuffled question has after its import.</summary>
    public const int Imported = 0;

    /// <summary>At place <c>i</c> the place that option <c>i</c> had before. Every order is equally likely.</summary>
    public static int[] Permutation(string questionId, int repeat, int count)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        SeededRandom.From("option-order/1", questionId, repeat.ToString(CultureInfo.InvariantCulture)).Shuffle(places);
        return places;
    }

    /// <summary>The question with its options in the order of a repeat and the letter of the right one moved with it.</summary>
    public static Question Apply(Question question, int repeat)
    {
        int[] places = Permutation(question.Id, repeat, question.Options.Count);
        int right = Array.IndexOf(places, question.Reference[0] - 'A');
        return question with
        {
            Options = [.. places.Select(place => question.Options[place])],
            Reference = Letter(right),
        };
    }

    /// <summary>The letter of a place: <c>A</c> for 0.</summary>
    internal static string Letter(int place) => ((char)('A' + place)).ToString();
}
