using System.Globalization;
using NaturalThoughts.Build.Results;
using NaturalThoughts.Contracts;
using NaturalThoughts.Sources.Exporting;

namespace NaturalThoughts.Build.Verbs;

/// <summary>Writes the answers of a cell, with their grades, as other programs keep theirs.</summary>
internal static class RunExport
{
    /// <summary>Writes the files: those of several seeds in a folder each.</summary>
    /// <param name="pathOf">The path of a file that is to be in the folder; its own folder is there.</param>
    /// <param name="format">One of <see cref="ExportVerb.Inspect"/> and <see cref="ExportVerb.LmEval"/>.</param>
    /// <param name="answers">The answers, seed by seed and benchmark by benchmark.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>Number of files.</returns>
    /// <exception cref="UserErrorException">A benchmark is confidential.</exception>
    public static int Write(Func<string, string> pathOf, string format, IReadOnlyList<CellAnswers> answers, VerifySubject cell)
    {
        if (answers.FirstOrDefault(part => part.IsConfidential) is { } secret)
        {
            throw new UserErrorException(
                $"The benchmark '{secret.Benchmark}' is confidential: its text leaves the store in no other file.",
                "Export",
                "Leave 'confidential' out of the YAML of its source, where its owner allows that.");
        }

        int files = 0;
        foreach (IGrouping<int, CellAnswers> seed in answers.GroupBy(part => part.Seed))
        {
            string below = cell.Seeds.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"seed{seed.Key}/") : "";
            ExportedRun[] runs = [.. seed.Select(part => part.ToExport(cell))];
            if (format == ExportVerb.Inspect)
            {
                foreach (ExportedRun run in runs)
                {
                    InspectLog.Write(pathOf(below + InspectLog.FileName(run)), run);
                    files++;
                }

                continue;
            }

            for (int repeat = 1; repeat <= runs.Max(run => run.Repeats); repeat++)
            {
                ExportedRun[] once =
                [
                    .. runs.Where(run => run.Repeats >= repeat)
                        .Select(run => run with { Answers = [.. run.Answers.Where(answer => answer.Repeat == repeat)] }),
                ];
                string folder = runs.Any(run => run.Repeats > 1) ? string.Create(CultureInfo.InvariantCulture, $"{below}repeat{repeat}/") : below;
                LmEvalSamples.Write(name => pathOf($"{folder}{LmEvalSamples.Sanitized(once[0].Model)}/{name}"), once);
                files += once.Length + 1;
            }
        }

        return files;
    }
}
