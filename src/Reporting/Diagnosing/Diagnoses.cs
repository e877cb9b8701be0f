namespace NaturalThoughts.Reporting.Diagnosing;

/// <summary>
/// What commonly goes wrong when a student is distilled, each with a test on the answers and the training. Shares trip where the lower end of Wilson's
/// 95 % interval passes the threshold; differences where the 95 % interval does. Nothing is corrected over cells: whoever looks at twenty cells
/// sees one that trips by chance.
/// </summary>
public static class Diagnoses
{
    /// <summary>All diagnoses of a cell, in the order of the page.</summary>
    public static IReadOnlyList<Diagnosis> Of(DiagnosedCell cell) =>
    [
        Plateau.OfTraining(cell),
        Plateau.OfSize(cell),
        Adaptation.ToTraining(cell),
        Adaptation.ToMode(cell),
        OverGeneration.CutOff(cell),
        OverGeneration.BeyondTraining(cell),
        WeakDomain.Of(cell),
        Memorisation.OfTrainingQuestions(cell),
        Memorisation.OfNearDuplicates(cell),
        Memorisation.OfLoss(cell),
        Repetition.Of(cell),
    ];
}
