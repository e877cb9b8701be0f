using System.Text;
using System.Text.Json.Nodes;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Sources.Exporting;

/// <summary>The texts of a dataset's folder: the hub's card (https://huggingface.co/docs/hub/datasets-cards) and LLaMA-Factory's entry.</summary>
internal static class DatasetCard
{
    /// <summary>The card: YAML that names the files and the columns, then what a reader must know.</summary>
    public static string Text(DatasetFacts facts)
    {
        StringBuilder text = new();
        text.Append("---\n");
        text.Append("license: ").Append(facts.License ?? "unknown").Append('\n');
        text.Append("task_categories:\n- text-generation\n");
        text.Append("tags:\n- reasoning\n- distillation\n");
        text.Append("configs:\n");
        text.Append("- config_name: default\n  data_files:\n  - split: train\n    path: data/train-*.parquet\n");
        text.Append("- config_name: jsonl\n  data_files:\n  - split: train\n    path: ").Append(DatasetFolder.JsonLinesFile).Append('\n');
        text.Append("dataset_info:\n- config_name: default\n  features:\n");
        text.Append("  - name: messages\n    list:\n    - name: role\n      dtype: string\n    - name: content\n      dtype: string\n");
        foreach ((string name, string type) in new[] { ("question_id", "string"), ("mode", "string"), ("domain", "string") })
        {
            text.Append("  - name: ").Append(name).Append("\n    dtype: ").Append(type).Append('\n');
        }

        text.Append("  - name: topics\n    list: string\n  - name: strategies\n    list: string\n");
        text.Append("  - name: verbosity\n    dtype: int32\n  - name: trace_tokens\n    dtype: int32\n");
        text.Append("---\n\n# ").Append(facts.Name).Append("\n\n");
        text.Append(
            "A training set for reasoning distillation: questions, and what a teacher thought and answered. One row is one conversation of two turns.\n");
        text.Append("Rows of the mode `System2` have the trace between think tags before the answer, rows of `System1` the answer alone.\n\n");
        Table(text, "Counts", facts.Counts);
        Table(text, "Where it comes from", facts.Provenance);
        text.Append("## Use\n\n");
        text.Append("    datasets.load_dataset(\"FOLDER\")                       # or with \"jsonl\" as its second argument\n");
        text.Append("    trl: SFTTrainer(train_dataset=...), with assistant_only_loss=True, and max_length above the longest row\n");
        text.Append("    LLaMA-Factory: dataset_dir: FOLDER, dataset: ").Append(facts.Name).Append("\n\n");
        text.Append("## Licence\n\n");
        text.Append(facts.License is { } license
            ? $"As the exporter states: {license}."
            : "Not stated. It follows from the licence of the questions and the terms of the teacher: look them up before you share this.");
        text.Append('\n');
        return text.ToString();
    }

    /// <summary>The entry of LLaMA-Factory (data/README.md of hiyouga/LLaMA-Factory): messages of role and content.</summary>
    public static string LlamaFactory(DatasetFacts facts) => CanonicalJson.WriteIndented(new JsonObject
    {
        [facts.Name] = new JsonObject
        {
            ["file_name"] = DatasetFolder.JsonLinesFile,
            ["formatting"] = "sharegpt",
            ["columns"] = new JsonObject { ["messages"] = "messages" },
            ["tags"] = new JsonObject { ["role_tag"] = "role", ["content_tag"] = "content", ["user_tag"] = "user", ["assistant_tag"] = "assistant" },
        },
    });

    private static void Table(StringBuilder text, string title, IReadOnlyList<(string What, string Value)> rows)
    {
        text.Append("## ").Append(title).Append("\n\n| what | |\n| --- | --- |\n");
        foreach ((string what, string value) in rows)
        {
            text.Append("| ").Append(Cell(what)).Append(" | ").Append(Cell(value)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
