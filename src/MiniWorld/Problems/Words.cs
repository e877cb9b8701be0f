namespace NaturalThoughts.MiniWorld.Problems;

/// <summary>The word lists of the world. Their order is part of the world: questions are drawn by index.</summary>
internal static class Words
{
    public static readonly string[] Names =
    [
        "ann", "bob", "cid", "dora", "emil", "fay", "gus", "hana", "ivan", "jade", "karl", "lea", "milo", "nora", "otto", "pia",
    ];

    public static readonly string[] Cities = ["rome", "oslo", "cairo", "lima", "delhi", "paris", "quito", "tunis", "seoul", "bern", "accra", "hanoi"];

    public static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    public static readonly string[] Colours =
    [
        "red", "blue", "green", "black", "white", "grey", "brown", "pink", "gold", "purple", "yellow", "orange", "silver", "violet",
    ];

    public static readonly string[] Things = ["coins", "stones", "apples", "cards", "shells", "nuts", "beads", "stamps"];

    public static readonly string[] Goods = ["pens", "cups", "hats", "lamps", "books", "bells", "ropes", "bowls"];

    public static readonly string[] Parcels = ["key", "ring", "letter", "coin", "map", "watch"];

    /// <summary>The hours of a clock face; index 0 is one o'clock.</summary>
    public static readonly string[] Hours = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

    /// <summary>Sentences that belong to no family. Some use words of other domains, as people do.</summary>
    public static readonly string[] Chatter =
    [
        "the sky is grey", "it is a cold day", "the shop is closed on sundays", "a train goes by", "the doctor is late", "the road is long",
        "a judge reads the paper", "the engine is loud", "the clock on the wall is old", "a bird sings on the roof", "the market is full of people",
        "the map is torn", "nobody counts the cards", "the manager drinks tea", "the pump is new", "rain falls on the field",
        "the judge is back at court", "the engine of the pump is loud", "the doctor talks to the nurse", "the children play with balls",
        "the lab has no acid", "it is true that the road is wet", "the speed of the wind is low", "the month was warm", "the bus stops in the town",
    ];
}
