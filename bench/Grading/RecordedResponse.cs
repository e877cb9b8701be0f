using System.IO.Compression;
using System.Text.Json;
using NaturalThoughts.Records;

namespace NaturalThoughts.Grading.Bench;

/// <summary>A row of MMLU-Pro's eval_results: a question, what a model answered, and what the benchmark's own program read in it.</summary>
internal sealed record RecordedResponse(Question Question, string Response, string? Pred)
{
    /// <summary>The rows of a zip that holds one JSON array.</summary>
    public static List<RecordedResponse> Read(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.Entries[0].Open();
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(Row)];
    }

    private static RecordedResponse Row(JsonElement row)
    {
        Question question = new(row.GetProperty("question_id").ToString(), row.GetProperty("question").GetString()!, row.GetProperty("answer").GetString()!)
        {
            Options = [.. row.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)],
        };
        JsonElement response = row.TryGetProperty("generated_text", out JsonElement text) ? text : row.GetProperty("model_outputs");
        return new RecordedResponse(question, response.GetString()!, row.GetProperty("pred").GetString());
    }
}
