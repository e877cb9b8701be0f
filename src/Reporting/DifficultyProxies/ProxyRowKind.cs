namespace NaturalThoughts.Reporting.DifficultyProxies;

/// <summary>The kinds of rows of proxies.csv. An area is that under the ROC curve: 0.5 tells nothing of a wrong answer.</summary>
internal static class ProxyRowKind
{
    /// <summary>The area over all questions; differences between categories count.</summary>
    public const string All = "all";

    /// <summary>The mean over categories of the area within each.</summary>
    public const string Within = "within";

    /// <summary>The area within a category. Test: 0.5.</summary>
    public const string Category = "category";

    /// <summary>The area within a category minus the mean of the others. Test: 0.</summary>
    public const string AgainstRest = "against_rest";

    /// <summary>The area minus that of the first signal, over all questions or within categories. Test: 0.</summary>
    public const string AgainstFirst = "against_first";

    /// <summary>The standard deviation between categories of the true area (DerSimonian and Laird 1986). Test: Cochran's Q.</summary>
    public const string Between = "between";

    /// <summary>Balanced accuracy in a category of direction and threshold fitted on the others.</summary>
    public const string HeldOut = "held_out";

    /// <summary>Balanced accuracy of the threshold that is best in the category itself.</summary>
    public const string OwnThreshold = "own_threshold";

    /// <summary>The area over all questions of another choice of models and target.</summary>
    public const string Choice = "choice";

    /// <summary>The mean area within categories of another choice of models and target.</summary>
    public const string ChoiceWithin = "choice_within";
}
