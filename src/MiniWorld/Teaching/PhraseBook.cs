namespace NaturalThoughts.MiniWorld.Teaching;

/// <summary>How a teacher words its strategies.</summary>
internal sealed record PhraseBook
{
    /// <summary>{0}: what is asked for. {1}: a fact.</summary>
    public required Phrases Restating { get; init; }

    /// <summary>{0}: number of steps. {1}: the cues of the steps.</summary>
    public required Phrases Decomposition { get; init; }

    /// <summary>{0}: what the next step finds.</summary>
    public required Phrases SubGoals { get; init; }

    /// <summary>{0}: the reverse fact.</summary>
    public required Phrases SelfVerification { get; init; }

    /// <summary>{0}: the reverse fact, denied, since the result before it is wrong.</summary>
    public required Phrases Correction { get; init; }

    /// <summary>{0}: the wrong fact.</summary>
    public required Phrases Backtracking { get; init; }

    /// <summary>{0}: another fact for the same result.</summary>
    public required Phrases Exploration { get; init; }

    /// <summary>{0}: a round number near the result, the lower one in plain phrases. {1}: a larger round number.</summary>
    public required Phrases Estimation { get; init; }

    /// <summary>{0}: the condition that holds.</summary>
    public required Phrases CaseAnalysis { get; init; }

    /// <summary>The phrases that the annotator was written for.</summary>
    public static readonly PhraseBook Usual = new()
    {
        Restating = new(["we need the {0} .", "the question asks for the {0} .", "given : {1} .", "we want to know the {0} ."], ["{1} .", "so , the {0} ."]),
        Decomposition = new(["split it in {0} parts .", "break it into {0} steps .", "there are {0} steps : {1} ."], ["{1} .", "{1} , one after the other ."]),
        SubGoals = new(["goal : {0} .", "first find the {0} .", "next target : {0} ."], ["to get there , the {0} .", "now the {0} ."]),
        SelfVerification = new(["check : {0} .", "verify : {0} , good .", "check it . {0} . right ."], ["{0} , as it should .", "{0} ."]),
        Correction = new(["check : {0} . again .", "verify : {0} , so again .", "check it . {0} . not right ."], ["{0} , as it should be .", "{0} ."]),
        Backtracking = new(
            ["{0} . wait , that is wrong .", "{0} . no , go back .", "{0} . wait , again ."], ["{0} . hmm , rather this :", "{0} . that does not fit ."]),
        Exploration = new(["another way : {0} .", "or the other way : {0} .", "alternatively {0} . same ."], ["{0} too .", "{0} gives the same ."]),
        Estimation = new(["it is about {0} .", "roughly {0} .", "estimate : near {0} ."], ["it lies between {0} and {1} .", "not over {1} ."]),
        CaseAnalysis = new(["case : {0} .", "two cases . here {0} .", "in this case {0} ."], ["{0} , so that holds .", "{0} ."]),
    };

    /// <summary>
    /// The held-out phrases: the same strategies in other words. The annotator's cues were not read off this list and share no phrase with it.
    /// </summary>
    public static readonly PhraseBook Unusual = new()
    {
        Restating = new(
            ["what is wanted is the {0} .", "asked is the {0} .", "from the text : {1} .", "the task is to find the {0} ."], ["{1} .", "the {0} , then ."]),
        Decomposition = new(
            ["this takes {0} moves .", "the plan has {0} parts : {1} .", "in {0} pieces : {1} .", "that is {1} ."], ["in order : {1} .", "{1} , in turn ."]),
        SubGoals = new(["aim for the {0} .", "the next thing to find is the {0} .", "let us look for the {0} ."], ["then the {0} .", "on to the {0} ."]),
        SelfVerification = new(["to be sure : {0} .", "test : {0} , fine .", "and back : {0} . true ."], ["indeed {0} .", "{0} ."]),
        Correction = new(["to be sure : {0} . once more .", "test : {0} , so once more .", "and back : {0} . not true ."], ["but {0} .", "{0} ."]),
        Backtracking = new(["{0} . oh , a mistake .", "{0} . that fails .", "{0} . a dead end ."], ["{0} . sorry .", "{0} . no good ."]),
        Exploration = new(["the other order : {0} .", "as a second way , {0} .", "one could also say {0} ."], ["likewise {0} .", "{0} as well ."]),
        Estimation = new(["something like {0} .", "it should be close to {0} .", "i expect some {0} ."], ["more than {0} , at most {1} .", "under {1} ."]),
        CaseAnalysis = new(["either way is possible , but {0} .", "it depends : {0} .", "look which one holds : {0} ."], ["since {0} .", "{0} ."]),
    };

    /// <summary>Words that do nothing. Some borrow the markers of strategies, as people do.</summary>
    public static readonly string[] Fillers =
    [
        "let me think .", "ok .", "hmm .", "this is clear .", "we go on .", "that is good to know .", "now look at the next one .",
        "it is not so hard .", "well , well .", "slowly now .", "all this is easy to see .", "so far so good .",
        "in any case , go on .", "wait a bit .", "first of all , read it well .", "no need to hurry .", "it is all about care .",
        "let me check the text .", "there is no other way around it .", "step by step .",
        "that helps .", "fine .", "all good .", "it is simple .", "one can see it at once .", "yes .", "that was easy .", "the rest is simple too .",
    ];
}
