namespace NaturalThoughts.Statistics;

/// <summary>The terms of a contrast that are the same students, as one: what moves together from replicate to replicate.</summary>
internal sealed record ContrastArm(double Weight, IReadOnlyList<double[,]> Verdicts, TrainingNoise? Noise)
{
    public int Replicates => Verdicts[0].GetLength(1);

    /// <summary>The arms of a contrast, in the order of their first terms.</summary>
    /// <exception cref="ArgumentException">The terms do not fit together.</exception>
    public static IReadOnlyList<ContrastArm> Of(IReadOnlyList<ContrastTerm> terms)
    {
        if (terms.Count == 0 || terms[0].Verdicts.Count == 0)
        {
            throw new ArgumentException("A contrast has at least one term and one stratum.", nameof(terms));
        }

        foreach (ContrastTerm term in terms)
        {
            Check(term, terms[0]);
        }

        return [.. terms.Select((term, i) => (Term: term, Key: term.Student is null ? (i, "") : (-1, term.Student)))
            .GroupBy(term => term.Key, term => term.Term)
            .Select(group => Join([.. group]))];
    }

    private static void Check(ContrastTerm term, ContrastTerm first)
    {
        if (!double.IsFinite(term.Weight))
        {
            throw new ArgumentException($"A weight of {term.Weight} is no number.", nameof(term));
        }

        if (term.Verdicts.Count != first.Verdicts.Count)
        {
            throw new ArgumentException($"A term has {term.Verdicts.Count} strata, the first one {first.Verdicts.Count}.", nameof(term));
        }

        for (int s = 0; s < term.Verdicts.Count; s++)
        {
            if (term.Verdicts[s].Length == 0 || term.Verdicts[s].GetLength(0) != first.Verdicts[s].GetLength(0))
            {
                throw new ArgumentException(
                    $"Stratum {s + 1}: {term.Verdicts[s].GetLength(0)} questions, in the first term {first.Verdicts[s].GetLength(0)}.", nameof(term));
            }

            if (term.Verdicts[s].GetLength(1) != term.Verdicts[0].GetLength(1))
            {
                throw new ArgumentException(
                    $"Stratum {s + 1} has {term.Verdicts[s].GetLength(1)} replicates, stratum 1 {term.Verdicts[0].GetLength(1)}.", nameof(term));
            }
        }
    }

    private static ContrastArm Join(ContrastTerm[] terms)
    {
        ContrastTerm first = terms[0];
        if (terms.All(term => ReferenceEquals(term.Verdicts, first.Verdicts)))
        {
            return new ContrastArm(terms.Sum(term => term.Weight), first.Verdicts, first.Noise);
        }

        if (terms.Any(term => term.Verdicts[0].GetLength(1) != first.Verdicts[0].GetLength(1)))
        {
            throw new ArgumentException($"Terms of the same student '{first.Student}' differ in replicates.", nameof(terms));
        }

        double[][,] joint = [.. first.Verdicts.Select(table => new double[table.GetLength(0), table.GetLength(1)])];
        foreach (ContrastTerm term in terms)
        {
            for (int s = 0; s < joint.Length; s++)
            {
                for (int q = 0; q < joint[s].GetLength(0); q++)
                {
                    for (int r = 0; r < joint[s].GetLength(1); r++)
                    {
                        joint[s][q, r] += term.Weight * term.Verdicts[s][q, r];
                    }
                }
            }
        }

        return new ContrastArm(1, joint, null);
    }
}
