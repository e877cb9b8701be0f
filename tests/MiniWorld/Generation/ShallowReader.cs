using System.Globalization;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld.Tests.Generation;

/// <summary>
/// A reader that cannot reckon: it scores each option by how it looks (its digits, its size, its rank among the options, in general and for
/// each wording of the question's end, whether, where and how often the text names it) with weights learned from labelled questions
/// (conditional logit, AdaGrad), in general and for each level.
/// </summary>
internal sealed class ShallowReader
{
    /// <summary>Words at the end of a text that the reader knows a question by, its question mark included.</summary>
    private const int EndWords = 4;

    private const int Epochs = 12;
    private const double Rate = 0.15;
    private const double Decay = 1e-4;

    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private readonly List<double> _weights = [];
    private readonly List<double> _squares = [];

    /// <summary>Learns from questions with their right options.</summary>
    public static ShallowReader Train(IReadOnlyList<Question> questions)
    {
        ShallowReader reader = new();
        List<(int[][] Rows, int Right)> examples = [.. questions.Select(question => (reader.Rows(question, learn: true), question.Reference[0] - 'A'))];
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            foreach ((int[][] rows, int right) in examples)
            {
                reader.Step(rows, right);
            }
        }

        return reader;
    }

    /// <summary>The share of the questions that it gets right.</summary>
    public double Accuracy(IReadOnlyList<Question> questions) => questions.Average(question =>
    {
        double[] scores = [.. Rows(question, learn: false).Select(row => row.Sum(feature => _weights[feature]))];
        double best = scores.Max();
        return scores[question.Reference[0] - 'A'] == best ? 1.0 / scores.Count(score => score == best) : 0;
    });

    private void Step(int[][] rows, int right)
    {
        double[] scores = [.. rows.Select(row => row.Sum(feature => _weights[feature]))];
        double top = scores.Max();
        double[] odds = [.. scores.Select(score => Math.Exp(score - top))];
        double sum = odds.Sum();
        for (int i = 0; i < rows.Length; i++)
        {
            double error = (odds[i] / sum) - (i == right ? 1 : 0);
            foreach (int feature in rows[i])
            {
                double gradient = error + (Decay * _weights[feature]);
                _squares[feature] += gradient * gradient;
                _weights[feature] -= Rate * gradient / Math.Sqrt(_squares[feature] + 1e-8);
            }
        }
    }

    private int[][] Rows(Question question, bool learn)
    {
        string[] words = question.Text.Split(' ');
        int[] numbers = [.. words.Where(word => char.IsAsciiDigit(word[0])).Select(Number)];
        List<int> last = [.. question.Options.Select(option => Array.LastIndexOf(words, option))];
        List<int> first = [.. question.Options.Select(option => Array.IndexOf(words, option))];
        bool numeric = question.Options.All(option => char.IsAsciiDigit(option[0]));
        string end = string.Join(' ', words.TakeLast(EndWords).Where(word => !char.IsAsciiDigit(word[0])));
        int[] values = numeric ? [.. question.Options.Select(Number)] : [];
        return [.. question.Options.Select((option, i) =>
        {
            List<string> found =
            [
                $"says {option}",
                $"named {Math.Min(3, words.Count(word => word == option))}",
                $"last {last.Count(at => at > last[i])}",
                $"first {first.Count(at => at < first[i])}",
            ];
            if (numeric)
            {
                int value = values[i];
                int smaller = values.Count(other => other < value);
                found.AddRange([
                    $"rank {smaller}", $"rank {smaller} of {end}", $"parity {value % 2}", $"digit {value % 10}", $"ten {value / 10}", $"length {option.Length}",
                    $"neighbours {values.Count(other => Math.Abs(other - value) == 1)}", $"tens {values.Count(other => Math.Abs(other - value) == 10)}",
                    $"same digit {values.Count(other => other % 10 == value % 10)}", $"same ten {values.Count(other => other / 10 == value / 10)}",
                    $"digit of text {numbers.Count(number => number % 10 == value % 10)}", $"ten of text {numbers.Count(number => number / 10 == value / 10)}",
                    $"over {(numbers.Length == 0 ? 0 : 4 * numbers.Count(number => number < value) / numbers.Length)}",
                ]);
            }

            string level = question.Meta["level"];
            return (int[])[.. found.Concat(found.Select(feature => $"{level} {feature}")).Select(feature => Index(feature, learn)).Where(index => index >= 0)];
        })];
    }

    private int Index(string feature, bool learn)
    {
        if (!_features.TryGetValue(feature, out int index))
        {
            if (!learn)
            {
                return -1;
            }

            index = _features[feature] = _weights.Count;
            _weights.Add(0);
            _squares.Add(0);
        }

        return index;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
