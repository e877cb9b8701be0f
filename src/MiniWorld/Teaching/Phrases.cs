using NaturalThoughts.Contracts;

namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>
/// How the teacher words its strategies. The first list of each has a marker word, the second has none. <c>{0}</c> and <c>{1}</c> are
/// filled in.
/// </summary>
internal sealed record Phrases(string[] Marked, string[] Plain)
{
    /// <summary>{0}: what is asked for. {1}: the first fact.</summary>
    public static readonly Phrases Restating = new(
        ["we need the {0} .", "the question asks for the {0} .", "given : {1} .", "we want to know the {0} ."],
        ["{1} .", "so , the {0} ."]);

    /// <summary>{0}: number of steps. {1}: the cues of the steps.</summary>
    public static readonly Phrases Decomposition = new(
        ["split it in {0} parts .", "break it into {0} steps .", "there are {0} steps : {1} ."],
        ["{1} .", "{1} , one after the other ."]);

    /// <summary>{0}: what the next step finds.</summary>
    public static readonly Phrases SubGoals = new(
        ["goal : {0} .", "first find the {0} .", "next target : {0} ."],
        ["to get there , the {0} .", "now the {0} ."]);

    /// <summary>{0}: the reverse fact.</summary>
    public static readonly Phrases SelfVerification = new(
        ["check : {0} .", "verify : {0} , good .", "check it . {0} . right ."],
        ["{0} , as it should .", "{0} ."]);

    /// <summary>{0}: the wrong fact.</summary>
    public static readonly Phrases Backtracking = new(
        ["{0} . wait , that is wrong .", "{0} . no , go back .", "{0} . wait , again ."],
        ["{0} . hmm , rather this :", "{0} . that does not fit ."]);

    /// <summary>{0}: another fact for the same result.</summary>
    public static readonly Phrases Exploration = new(
        ["another way : {0} .", "or the other way : {0} .", "alternatively {0} . same ."],
        ["{0} too .", "{0} gives the same ."]);

    /// <summary>{0}: a round number near the result. {1}: a larger round number.</summary>
    public static readonly Phrases Estimation = new(
        ["it is about {0} .", "roughly {0} .", "estimate : near {0} ."],
        ["it lies between {0} and {1} .", "not over {1} ."]);

    /// <summary>{0}: the condition that holds.</summary>
    public static readonly Phrases CaseAnalysis = new(
        ["case : {0} .", "two cases . here {0} .", "in this case {0} ."],
        ["{0} , so that holds .", "{0} ."]);

    /// <summary>Words that do nothing. Some borrow the markers of strategies, as people do.</summary>
    public static readonly string[] Fillers =
    [
        "let me think .", "ok .", "hmm .", "this is clear .", "we go on .", "that is good to know .", "now look at the next one .",
        "it is not so hard .", "well , well .", "slowly now .", "all this is easy to see .", "so far so good .",
        "in any case , go on .", "wait a bit .", "first of all , read it well .", "no need to hurry .", "it is all about care .",
        "let me check the text .", "there is no other way around it .", "step by step .",
        "that helps .", "fine .", "all good .", "it is simple .", "one can see it at once .", "yes .", "that was easy .", "the rest is simple too .",
    ];

    /// <summary>One of the phrases, filled in.</summary>
    public string Say(SeededRandom random, double marked, string first, string second = "") =>
        random.Pick(random.Chance(marked) ? Marked : Plain).Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal);
}
