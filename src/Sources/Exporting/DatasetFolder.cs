using NaturalThoughts.Records;
using Parquet;
using Parquet.Serialization;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>
/// Writes a training set as a folder that <c>datasets.load_dataset</c>, TRL and LLaMA-Factory read as it is: the rows as Parquet and as JSON
/// lines, a card that says which is which, and LLaMA-Factory's dataset_info.json.
/// </summary>
public static class DatasetFolder
{
    /// <summary>The rows as Parquet, where the hub looks for the split <c>train</c>.</summary>
    public const string Parquet = "data/train-00000-of-00001.parquet";

    /// <summary>The same rows as JSON lines.</summary>
    public const string JsonLinesFile = "train.jsonl";

    /// <summary>The file with the hub's card.</summary>
    public const string Card = "README.md";

    /// <summary>What LLaMA-Factory reads with <c>dataset_dir</c> at the folder.</summary>
    public const string LlamaFactory = "dataset_info.json";

    private static readonly ParquetOptions Format = new() { RowGroupSize = 10_000 };

    /// <summary>Writes the folder.</summary>
    /// <param name="pathOf">The path of a file that is to be in the folder; its own folder is there.</param>
    /// <param name="rows">The rows; read twice, never held together.</param>
    /// <param name="facts">What the card says.</param>
    public static async Task WriteAsync(Func<string, string> pathOf, IEnumerable<DatasetRow> rows, DatasetFacts facts)
    {
        JsonLines.Write(pathOf(JsonLinesFile), rows);
        await using (FileStream stream = File.Create(pathOf(Parquet)))
        {
            await ParquetSerializer.SerializeAsync(rows, stream, Format);
        }

        await File.WriteAllTextAsync(pathOf(LlamaFactory), DatasetCard.LlamaFactory(facts));
        await File.WriteAllTextAsync(pathOf(Card), DatasetCard.Text(facts));
    }
}
