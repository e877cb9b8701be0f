namespace NaturalThoughts.Sources.Cleaning.Languages;

/// <summary>The languages that cleaning can tell.</summary>
public static class LanguageCodes
{
    /// <summary>Their ISO 639-1 codes, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } = new LanguageDetector().Known;
}
