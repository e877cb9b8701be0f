using System.Runtime.InteropServices;
using NaturalThoughts.MiniWorld.Generation;
using NaturalThoughts.Records;

namespace NaturalThoughts.MiniWorld;

/// <summary>Finds for each question of a benchmark the most similar one of a pool, by word n-grams with every run of numbers masked.</summary>
public static class NearDuplicateCheck
{
    /// <summary>Words in an n-gram.</summary>
    public const int Words = QuestionSide.Words;

    /// <summary>Compares through an index of n-grams. Of equally near questions of the pool the first is named.</summary>
    public static NearDuplicateReport Compare(IReadOnlyList<Question> pool, IReadOnlyList<Question> benchmark)
    {
        Dictionary<string, List<int>> index = new(StringComparer.Ordinal);
        int[] sizes = new int[pool.Count];
        for (int i = 0; i < pool.Count; i++)
        {
            HashSet<string> grams = QuestionSide.Grams(pool[i].Text);
            sizes[i] = grams.Count;
            foreach (string gram in grams)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(index, gram, out _) ??= []).Add(i);
            }
        }

        int[] shared = new int[pool.Count];
        List<int> touched = [];
        List<NearDuplicate> nearest = [];
        foreach (Question question in benchmark)
        {
            HashSet<string> grams = QuestionSide.Grams(question.Text);
            foreach (string gram in grams)
            {
                foreach (int i in index.GetValueOrDefault(gram) ?? [])
                {
                    if (shared[i]++ == 0)
                    {
                        touched.Add(i);
                    }
                }
            }

            (int best, double similarity) = (-1, 0);
            foreach (int i in touched)
            {
                double jaccard = (double)shared[i] / (grams.Count + sizes[i] - shared[i]);
                if (jaccard > similarity || (jaccard == similarity && i < best))
                {
                    (best, similarity) = (i, jaccard);
                }

                shared[i] = 0;
            }

            touched.Clear();
            nearest.Add(new NearDuplicate(question.Id, best < 0 ? null : pool[best].Id, similarity));
        }

        return new NearDuplicateReport(nearest);
    }
}
